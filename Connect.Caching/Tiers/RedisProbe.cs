using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tiers;

/// <summary>
/// Probes Redis while the breaker is open, so that it also closes in an instance without requests, and no request has
/// to try.
/// </summary>
internal sealed class RedisProbe(CacheTiers tiers, IOptions<CacheOptions> options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (tiers.Redis is not { } redis)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.RedisBreakDuration / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                if (tiers.IsRedisAway)
                {
                    await redis.ProbeAsync(stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
