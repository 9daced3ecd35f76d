using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.MicrosoftHybridCache;
using ZiggyCreatures.Caching.Fusion.Serialization.SystemTextJson;

namespace Connect.Benchmarks.Http.Comparison;

/// <summary>The cache of a measured API: Connect's or an alternative, on the same Redis with the same values.</summary>
internal static class ComparedCache
{
    public const string Connect = "connect";
    public const string Stock = "stock";
    public const string Fusion = "fusion";

    /// <summary>The first platform's.</summary>
    public const string RedisOnly = "redis-only";

    /// <summary>Connect's, without rankings in memory.</summary>
    public const string PastMemory = "past-memory";

    private const string StockKey = "benchmark-stock";

    /// <summary>Puts the named cache in place of Connect's; null where there is none of that name.</summary>
    public static Action<IServiceCollection>? Find(string name) => name switch
    {
        Connect => KeepOwn,
        Stock => AddStock,
        Fusion => AddFusion,
        RedisOnly => AddRedisOnly,
        PastMemory => AddPastMemory,
        _ => null,
    };

    private static void KeepOwn(IServiceCollection services)
    {
    }

    private static void AddStock(IServiceCollection services)
    {
        services.AddKeyedHybridCache(StockKey);
        services.AddSingleton<HybridCache>(provider => new TaggingCache(provider.GetRequiredKeyedService<HybridCache>(StockKey)));
    }

    private static void AddFusion(IServiceCollection services)
    {
        services.AddFusionCache().TryWithRegisteredDistributedCache().WithSerializer(new FusionCacheSystemTextJsonSerializer(CachePayloads.Options));
        services.AddSingleton<HybridCache>(provider => new TaggingCache(new FusionHybridCache(provider.GetRequiredService<IFusionCache>())));
    }

    private static void AddRedisOnly(IServiceCollection services) => services.AddSingleton<HybridCache>(
        provider => new TaggingCache(new RedisOnlyCache(provider.GetRequiredService<IDistributedCache>())));

    private static void AddPastMemory(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(HybridCache) && !service.IsKeyedService).ImplementationFactory!;
        services.AddSingleton<HybridCache>(provider => new PastMemoryCache((HybridCache)own(provider)));
    }
}
