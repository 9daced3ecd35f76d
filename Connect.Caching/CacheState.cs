using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Tiers;

namespace Connect.Caching;

/// <summary>State and totals of this instance's cache, for health checks and reports.</summary>
public sealed class CacheState
{
    private readonly GenerationState _generations;
    private readonly CacheTiers _tiers;
    private readonly CacheMetrics _metrics;
    private readonly TimeProvider _time;

    internal CacheState(GenerationState generations, CacheTiers tiers, CacheMetrics metrics, TimeProvider time) =>
        (_generations, _tiers, _metrics, _time) = (generations, tiers, metrics, time);

    /// <summary>Whether the primary database has confirmed this instance's generations at least once.</summary>
    public bool HasSynced => _generations.FirstSync.IsCompleted;

    /// <summary>Completes with the first confirmation: then the tables exist and cached reads work.</summary>
    public Task FirstSync => _generations.FirstSync;

    /// <summary>Whether the lease on this instance's generations has not run out.</summary>
    public bool IsVerified => _generations.TryGetVerified(out _);

    /// <summary>Whether the breaker stops operations on Redis because it does not answer.</summary>
    public bool IsRedisAway => _tiers.IsRedisAway;

    /// <summary>Totals since the process started, as of now.</summary>
    public CacheSnapshot ReadTotals()
    {
        var confirmedAt = _generations.Last?.ConfirmedAt ?? 0;
        return _metrics.Statistics.Read(
            IsVerified, confirmedAt == 0 ? null : _time.GetElapsedTime(confirmedAt).TotalSeconds, IsRedisAway, _tiers.ReadMemory());
    }
}
