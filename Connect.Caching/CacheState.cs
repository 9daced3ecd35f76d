using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.Caching;

/// <summary>
/// State and totals of this instance's cache. As a health check it is unhealthy until the primary database has
/// confirmed this instance's generations once. After that, an outage of it or of Redis only makes it degraded: cached
/// answers are still served.
/// </summary>
public sealed class CacheState : IHealthCheck
{
    private readonly GenerationState _generations;
    private readonly CacheTiers _tiers;
    private readonly CacheMetrics _metrics;
    private readonly TimeProvider _time;

    internal CacheState(GenerationState generations, CacheTiers tiers, CacheMetrics metrics, TimeProvider time) =>
        (_generations, _tiers, _metrics, _time) = (generations, tiers, metrics, time);

    /// <summary>Whether the primary database has confirmed this instance's generations at least once.</summary>
    internal bool HasSynced => _generations.FirstSync.IsCompleted;

    /// <summary>Completes with the first confirmation: then the tables exist and cached reads work.</summary>
    public Task FirstSync => _generations.FirstSync;

    /// <summary>Whether the lease on this instance's generations has not run out.</summary>
    internal bool IsVerified => _generations.TryGetVerified(out _);

    /// <summary>Whether the breaker stops operations on Redis because it does not answer.</summary>
    public bool IsRedisAway => _tiers.IsRedisAway;

    /// <summary>Totals since the process started, as of now.</summary>
    public CacheSnapshot ReadTotals()
    {
        var confirmedAt = _generations.Last?.ConfirmedAt ?? 0;
        return _metrics.Statistics.Read(
            IsVerified, confirmedAt == 0 ? null : _time.GetElapsedTime(confirmedAt).TotalSeconds, IsRedisAway, _tiers.ReadMemory());
    }

    Task<HealthCheckResult> IHealthCheck.CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(this switch
        {
            { HasSynced: false } => HealthCheckResult.Unhealthy("Not synchronized with Postgres yet."),
            { IsVerified: false } => HealthCheckResult.Degraded("Postgres does not confirm this instance's generations."),
            { IsRedisAway: true } => HealthCheckResult.Degraded("Redis does not answer."),
            _ => HealthCheckResult.Healthy(),
        });
}
