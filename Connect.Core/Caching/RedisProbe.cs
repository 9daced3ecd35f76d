using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Connect.Core.Caching;

/// <summary>
/// Asks a Redis that was given up whether it is back, so that the breaker of a process without requests closes too,
/// and no caller is the one who tries.
/// </summary>
internal sealed class RedisProbe(
    [FromKeyedServices(CachingRegistration.Redis)] IDistributedCache redis, RedisBreaker breaker, IOptions<CacheOptions> options,
    TimeProvider time) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var cache = (ResilientDistributedCache)redis;
        using var timer = new PeriodicTimer(options.Value.RedisBreakDuration / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (breaker.IsOpen)
                {
                    await cache.ProbeAsync(stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
