using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connect.Caching;

/// <summary>
/// Unhealthy until Postgres has confirmed this instance's generations once. After that, an outage of Postgres or Redis
/// only makes it degraded: cached answers are still served.
/// </summary>
public sealed class CacheHealthCheck(CacheState state) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(this switch
        {
            _ when !state.HasSynced => HealthCheckResult.Unhealthy("Not synchronized with Postgres yet."),
            _ when !state.IsVerified => HealthCheckResult.Degraded("Postgres does not confirm this process's generations."),
            _ when state.IsRedisAway => HealthCheckResult.Degraded("Redis does not answer."),
            _ => HealthCheckResult.Healthy(),
        });
}
