using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Tiers;

namespace Connect.Caching;

/// <summary>What this process's cache knows and has counted, for health checks and reports.</summary>
public sealed class CacheState
{
    private readonly GenerationListener _listener;
    private readonly CacheTiers _tiers;
    private readonly CacheMetrics _metrics;
    private readonly TimeProvider _time;

    internal CacheState(GenerationListener listener, CacheTiers tiers, CacheMetrics metrics, TimeProvider time) =>
        (_listener, _tiers, _metrics, _time) = (listener, tiers, metrics, time);

    /// <summary>Whether the primary database confirmed this process's generations at least once.</summary>
    public bool HasSynced => _listener.FirstSync.IsCompleted;

    /// <summary>Completes with the first confirmation: from then on the tables are there and cached reads work.</summary>
    public Task FirstSync => _listener.FirstSync;

    /// <summary>Whether they are confirmed now: the lease has not run out.</summary>
    public bool IsVerified => _listener.TryGetVerified(out _);

    /// <summary>Whether Redis is being left alone because it does not answer.</summary>
    public bool IsRedisAway => _tiers.IsRedisAway;

    /// <summary>Totals since the process started, as of now.</summary>
    public CacheSnapshot ReadTotals()
    {
        var confirmedAt = _listener.Last?.ConfirmedAt ?? 0;
        return _metrics.Statistics.Read(
            IsVerified, confirmedAt == 0 ? null : _time.GetElapsedTime(confirmedAt).TotalSeconds, IsRedisAway, _tiers.ReadMemory());
    }
}
