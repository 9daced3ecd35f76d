using Connect.Caching.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Generations;

/// <summary>
/// The generations that this instance knows, and the lease on them. The listener begins sessions and applies bumps, the
/// poller renews the lease, writers apply their own bumps; readers use
/// <see cref="TryGetVerified(long, out GenerationSession)"/>.
/// </summary>
internal sealed partial class GenerationState
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly long _leaseInTimestamps;
    private readonly ILogger _logger;
    private readonly HeardGenerations _heard;
    private readonly TaskCompletionSource _firstSync = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile GenerationSession? _current;
    private volatile GenerationSession? _last;
    private long _position;

    public GenerationState(IOptions<CacheOptions> options, TimeProvider time, CacheMetrics metrics, ILogger<GenerationState> logger)
    {
        _time = time;
        _lease = options.Value.LeaseDuration;
        _leaseInTimestamps = (long)(_lease.TotalSeconds * time.TimestampFrequency);
        _logger = logger;
        _heard = new HeardGenerations(time);
        metrics.ObserveVerified(() => TryGetVerified(out _));
    }

    /// <summary>
    /// Raised for every generation that this instance learns, on the thread that learned it: handlers must be quick and
    /// must not throw. It may be raised for the same generation again in the next session.
    /// </summary>
    public event Action<string, long, GenerationSource>? Learned;

    /// <summary>The session of the listener's present connection; null while there is none.</summary>
    public GenerationSession? Current => _current;

    /// <summary>The present session, or the latest one: the last known generations.</summary>
    public GenerationSession? Last => _last;

    /// <summary>Completes with the first confirmation since the process started.</summary>
    public Task FirstSync => _firstSync.Task;

    /// <inheritdoc cref="TryGetVerified(DateTimeOffset, out GenerationSession)"/>
    public bool TryGetVerified(out GenerationSession session) => TryGetVerified(_time.GetUtcNow(), out session);

    /// <summary>
    /// Whether the lease on the generations in memory has not run out. Computed on every call, because a flag would be
    /// outdated after a pause of the process. Both clocks have to agree: the monotonic one may stop while the machine
    /// sleeps, and the wall clock can be set.
    /// </summary>
    /// <param name="now">The present moment by the wall clock.</param>
    /// <param name="session">The session, if it is verified.</param>
    public bool TryGetVerified(DateTimeOffset now, out GenerationSession session)
    {
        var current = _current;
        session = current!;
        return current is { HasEnded: false, ConfirmedAt: not 0 }
            && (ulong)(now.UtcTicks - current.ConfirmedUtcTicks + _lease.Ticks) <= (ulong)(2 * _lease.Ticks)
            && _time.GetElapsedTime(current.ConfirmedAt) <= _lease;
    }

    /// <summary>Whether the lease has not run out by the monotonic clock alone.</summary>
    public bool TryGetVerified(long timestamp, out GenerationSession session)
    {
        var current = _current;
        session = current!;
        return current is { HasEnded: false, ConfirmedAt: not 0 and var confirmedAt } && timestamp - confirmedAt <= _leaseInTimestamps;
    }

    /// <summary>Begins a session, which starts without generations.</summary>
    /// <param name="session">The session.</param>
    /// <param name="position">End of the database's write-ahead log, in bytes.</param>
    public void Begin(GenerationSession session, long position)
    {
        Interlocked.Exchange(ref _position, position);

        // Publish _current before _last: a reader that sees the new, still empty session as the last one must also be
        // able to use it.
        _current = session;
        _last = session;
    }

    /// <summary>Ends a session whose generations must no longer be used; the listener then begins another.</summary>
    public void End(GenerationSession session, string reason)
    {
        session.End();
        if (ReferenceEquals(Interlocked.CompareExchange(ref _current, null, session), session))
        {
            Log.SessionEnded(_logger, reason);
        }
    }

    /// <summary>Whether a position of the write-ahead log is before the last one: then the database was restored.</summary>
    public bool IsBehind(long position) => position < Interlocked.Read(ref _position);

    /// <summary>Applies generations that this instance committed.</summary>
    public void ApplyOwn(IReadOnlyDictionary<string, long> generations)
    {
        var session = _current;
        foreach (var (row, generation) in generations)
        {
            session?.Apply(row, generation, _time.GetTimestamp());
            Learned?.Invoke(row, generation, GenerationSource.Own);
        }
    }

    /// <summary>Applies a notification.</summary>
    public void ApplyHeard(GenerationSession session, string row, long generation)
    {
        session.Apply(row, generation, _time.GetTimestamp());
        Learned?.Invoke(row, generation, GenerationSource.Heard);
        _heard.Add(row, generation);
    }

    /// <summary>Applies a polled generation; true if it was not known yet.</summary>
    public bool ApplyPolled(GenerationSession session, string row, long generation)
    {
        var isNews = session.Apply(row, generation, _time.GetTimestamp());
        if (isNews)
        {
            Learned?.Invoke(row, generation, GenerationSource.Polled);
        }

        return isNews;
    }

    /// <summary>Renews the lease.</summary>
    /// <param name="session">The session that the poll was made for.</param>
    /// <param name="position">End of the database's write-ahead log, in bytes.</param>
    /// <param name="sentAt">Monotonic time at which the poll was sent: later commits may be missing in its result.</param>
    /// <param name="sentUtc">The same moment by the wall clock.</param>
    public void Confirm(GenerationSession session, long position, long sentAt, DateTimeOffset sentUtc)
    {
        if (!IsBehind(position))
        {
            Interlocked.Exchange(ref _position, position);
        }

        session.Confirm(sentAt, sentUtc);
        _firstSync.TrySetResult();
    }

    /// <inheritdoc cref="HeardGenerations.Expect"/>
    public HeardGenerations.Waiter Expect(string row, long generation) => _heard.Expect(row, generation);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The session ended: {Reason}")]
        public static partial void SessionEnded(ILogger logger, string reason);
    }
}
