using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Reads new generations from the database at short intervals, on its own connection and its own thread. A poll finds
/// bumps whose notification was lost, and each success renews the lease.
/// </summary>
internal sealed partial class GenerationPoller(
    GenerationState state, PrimaryDatabase database, IOptions<CacheOptions> options, TimeProvider time, CacheMetrics metrics,
    ILogger<GenerationPoller> logger) : IHostedService, IDisposable
{
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile bool _stopping;
    private NpgsqlConnection? _connection;

    /// <summary>Polls at once: a new session is not verified before its first poll.</summary>
    public void Wake() => _wake.Set();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Run) { IsBackground = true, Name = "connect-generation-poller" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Asks the thread to end. It may still use its event, which is therefore not disposed.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
    }

    private void Run()
    {
        while (!_stopping)
        {
            if (state.Current is { } session)
            {
                TryPoll(session);
            }

            _wake.WaitOne(options.Value.PollInterval);
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
            // The boundary of the thread: a failed poll only lets the lease run out.
            Log.PollFailed(logger, exception.GetType().Name, exception.Message);
            metrics.Statistics.PollFailed();
            _connection?.Dispose();
            _connection = null;
        }
    }

    private void Poll(GenerationSession session, NpgsqlConnection connection)
    {
        // The lease counts from here, not from the reply: later commits may be missing in the reply.
        var (sentAt, sentUtc) = (time.GetTimestamp(), time.GetUtcNow());
        var snapshot = GenerationStore.Poll(connection, session.Watermark, options.Value.GenerationsTimeoutSeconds);
        if (snapshot.Identity != session.Identity)
        {
            state.End(session, "the poller reached another database than the listener");
            return;
        }

        if (state.IsBehind(snapshot.Position))
        {
            state.End(session, "the database's log is shorter than it was: the database went back");
            return;
        }

        foreach (var (row, generation) in snapshot.Generations)
        {
            if (session.IsContradictedBy(row, generation, sentAt))
            {
                state.End(session, "a generation is lower than it was: the database went back");
                return;
            }

            if (state.ApplyPolled(session, row, generation))
            {
                metrics.Statistics.Polled();
            }
        }

        session.Watermark = snapshot.Watermark;
        state.Confirm(session, snapshot.Position, sentAt, sentUtc);
        metrics.Statistics.PollSucceeded();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A poll failed ({Type}): {Message}")]
        public static partial void PollFailed(ILogger logger, string type, string message);
    }
}
