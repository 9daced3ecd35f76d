using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Asks the database at short intervals what was bumped, on a connection and a thread of its own. A poll finds
/// what a notification failed to tell, and its success is the lease by which generations count as verified.
/// </summary>
internal sealed partial class GenerationPoller(
    GenerationListener listener, PrimaryDatabase database, CacheOptions options, TimeProvider time, CacheMetrics metrics, ILogger logger)
    : IDisposable
{
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile bool _stopping;
    private NpgsqlConnection? _connection;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "connect-generation-poll" }.Start();

    /// <summary>Polls at once: a new session is not verified before its first poll.</summary>
    public void Wake() => _wake.Set();

    public void Stop()
    {
        _stopping = true;
        _wake.Set();
    }

    /// <summary>Asks the thread to end. It may still look at its event, which therefore is left to the collector.</summary>
    public void Dispose() => Stop();

    private void Run()
    {
        while (!_stopping)
        {
            if (listener.Current is { } session)
            {
                TryPoll(session);
            }

            _wake.WaitOne(options.PollInterval);
        }

        _connection?.Dispose();
    }

    private void TryPoll(GenerationSession session)
    {
        try
        {
            if (_connection is null)
            {
                _connection = database.CreateUnpooled(GenerationListener.ApplicationName);
                _connection.Open();
            }

            Poll(session, _connection);
        }
        catch (Exception exception)
        {
            // The boundary of the thread: without this poll the lease runs out, which is all that must follow.
            Log.PollFailed(logger, exception.GetType().Name, exception.Message);
            metrics.PollFailed();
            _connection?.Dispose();
            _connection = null;
        }
    }

    private void Poll(GenerationSession session, NpgsqlConnection connection)
    {
        // The lease counts from here, not from the reply: what commits after this moment is not covered by it.
        var (sentAt, sentUtc) = (time.GetTimestamp(), time.GetUtcNow());
        var snapshot = GenerationStore.Poll(connection, session.Watermark, options.GenerationsTimeoutSeconds);
        if (snapshot.Identity != session.Identity)
        {
            listener.EndSession(session, "the poll reached another database than the listener");
            return;
        }

        if (!listener.Advance(snapshot.Position))
        {
            listener.EndSession(session, "the database's log is shorter than it was: the database went back");
            return;
        }

        foreach (var (row, generation) in snapshot.Generations)
        {
            if (session.IsContradictedBy(row, generation, sentAt))
            {
                listener.EndSession(session, "a generation is lower than it was: the database went back");
                return;
            }

            if (session.Apply(row, generation, time.GetTimestamp()))
            {
                metrics.Polled();
                listener.Tell(row, generation, GenerationSource.Polled);
            }
        }

        session.Watermark = snapshot.Watermark;
        session.Confirm(sentAt, sentUtc);
        metrics.PollSucceeded();
        listener.MarkVerified();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A poll failed ({Type}): {Message}")]
        public static partial void PollFailed(ILogger logger, string type, string message);
    }
}
