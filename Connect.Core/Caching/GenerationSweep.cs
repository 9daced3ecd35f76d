using Connect.Core.Data;
using Connect.Core.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Connect.Core.Caching;

/// <summary>
/// Asks the database at short intervals what was bumped, on a connection and a thread of its own. A sweep finds
/// what a notification failed to tell, and its success is the lease by which numbers count as verified.
/// </summary>
internal sealed partial class GenerationSweep(
    GenerationFeed feed, TruthDataSource truth, CacheOptions options, TimeProvider time, CacheMetrics metrics, ILogger logger)
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
                TrySweep(epoch);
            }

            _wake.WaitOne(options.SweepInterval);
        }

        _connection?.Dispose();
    }

    private void TrySweep(GenerationEpoch epoch)
    {
        try
        {
            if (_connection is null)
            {
                _connection = truth.CreateUnpooled(GenerationFeed.ApplicationName);
                _connection.Open();
            }

            Sweep(epoch, _connection);
        }
        catch (Exception exception)
        {
            // The boundary of the thread: without this sweep the lease runs out, which is all that must follow.
            Log.SweepFailed(logger, exception.GetType().Name, exception.Message);
            metrics.SweepFailed();
            _connection?.Dispose();
            _connection = null;
        }
    }

    private void Sweep(GenerationEpoch epoch, NpgsqlConnection connection)
    {
        // The lease counts from here, not from the reply: what commits after this moment is not covered by it.
        var (sentAt, sentUtc) = (time.GetTimestamp(), time.GetUtcNow());
        var snapshot = GenerationStore.Sweep(connection, epoch.Watermark, options.NumbersTimeoutSeconds);
        if (snapshot.Identity != epoch.Identity)
        {
            feed.EndEpoch(epoch, "the sweep reached another database than the feed");
            return;
        }

        if (!feed.Advance(snapshot.Position))
        {
            feed.EndEpoch(epoch, "the database's log is shorter than it was: the database went back");
            return;
        }

        foreach (var (counter, generation) in snapshot.Numbers)
        {
            if (epoch.IsContradictedBy(counter, generation, sentAt))
            {
                feed.EndEpoch(epoch, "a number is lower than it was: the database went back");
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
        metrics.SweepSucceeded();
        feed.MarkVerified();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A sweep failed ({Type}): {Message}")]
        public static partial void SweepFailed(ILogger logger, string type, string message);
    }
}
