using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Benchmarks.Replay.Clock;

/// <summary>Puts a process of the product on the simulated clock: its services, its memory, and its entries in Redis.</summary>
internal static class SimulatedServices
{
    /// <summary>Replaces the clock and the distributed cache. Call it after all other registrations.</summary>
    public static void UseSimulatedTime(this IServiceCollection services, SimulatedTime time)
    {
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(provider => new SimulatedRedis(
            new RedisCache(provider.GetRequiredService<IOptions<RedisCacheOptions>>()), time));
        services.AddSingleton<IDistributedCache>(provider => provider.GetRequiredService<SimulatedRedis>());
    }
}
