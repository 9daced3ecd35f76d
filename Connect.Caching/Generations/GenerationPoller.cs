using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Asks the database at short intervals what was bumped, on a connection and a thread of its own. A sweep finds
/// what a notification failed to tell, and its success is the lease by which numbers count as verified.
/// </summary>
internal sealed partial class GenerationPoller(
    GenerationListener feed, PrimaryDatabase database, CacheOptions options, TimeProvider time, CacheMetrics metrics, ILogger logger)
    : IDisposable
{
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile bool _stopping;
    private NpgsqlConnection? _connection;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "connect-generation-sweep" }.Start();

    /// <summary>Sweeps at once: a new epoch is not verified before its first sweep.</summary>
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
            if (feed.Current is { } epoch)
            {
                TryPoll(epoch);
            }

            _wake.WaitOne(options.PollInterval);
        }

        _connection?.Dispose();
    }

    private void TryPoll(GenerationSession epoch)
    {
        try
        {
            if (_connection is null)
            {
                _connection = database.CreateUnpooled(GenerationListener.ApplicationName);
                _connection.Open();
            }

            Sweep(epoch, _connection);
        }
        catch (Exception exception)
        {
            // The boundary of the thread: without this sweep the lease runs out, which is all that must follow.
            Log.PollFailed(logger, exception.GetType().Name, exception.Message);
            metrics.PollFailed();
            _connection?.Dispose();
            _connection = null;
        }
    }

    private void Sweep(GenerationSession epoch, NpgsqlConnection connection)
    {
        // The lease counts from here, not from the reply: what commits after this moment is not covered by it.
        var (sentAt, sentUtc) = (time.GetTimestamp(), time.GetUtcNow());
        var snapshot = GenerationStore.Sweep(connection, epoch.Watermark, options.GenerationsTimeoutSeconds);
        if (snapshot.Identity != epoch.Identity)
        {
            feed.EndSession(epoch, "the sweep reached another database than the feed");
            return;
        }

        if (!feed.Advance(snapshot.Position))
        {
            feed.EndSession(epoch, "the database's log is shorter than it was: the database went back");
            return;
        }

        foreach (var (counter, generation) in snapshot.Numbers)
        {
            if (epoch.IsContradictedBy(counter, generation, sentAt))
            {
                feed.EndSession(epoch, "a number is lower than it was: the database went back");
                return;
            }

            if (epoch.Apply(counter, generation, time.GetTimestamp()))
            {
                metrics.Swept();
                feed.Tell(counter, generation, GenerationSource.Swept);
            }
        }

        epoch.Watermark = snapshot.Watermark;
        epoch.Confirm(sentAt, sentUtc);
        metrics.PollSucceeded();
        feed.MarkVerified();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A sweep failed ({Type}): {Message}")]
        public static partial void PollFailed(ILogger logger, string type, string message);
    }
}
