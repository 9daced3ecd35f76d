using Connect.Core.Data;
using Connect.Core.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Core.Caching;

/// <summary>Registers the cache.</summary>
public static class CachingRegistration
{
    private const string Stock = "connect-stock";

    /// <summary>Key of the guarded Redis.</summary>
    internal const string Redis = "connect-redis";

    /// <summary>
    /// Registers <see cref="HybridCache"/> as Connect means it, <see cref="EvictingTransaction"/>, and the feed
    /// behind both. Needs an <see cref="IDistributedCache"/>, a scoped <see cref="ConnectDbContext"/> and the
    /// connection string <see cref="TruthDataSource.ConnectionName"/>.
    /// </summary>
    public static IServiceCollection AddConnectCaching(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.SectionName).ValidateOnStart();

        services.AddSingleton<TruthDataSource>();
        services.AddPooledDbContextFactory<ConnectReadContext>(ConfigureReads);

        services.AddSingleton<CacheMetrics>();
        services.AddSingleton(provider => provider.GetRequiredService<CacheMetrics>().Statistics);
        services.AddSingleton<GenerationStore>();
        services.AddSingleton<GenerationFeed>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<GenerationFeed>());
        services.AddSingleton<GenerationWriter>();
        services.AddSingleton<KeyNamer>();
        services.AddSingleton<LastGoodStore>();
        services.AddSingleton(provider => new CacheState(
            provider.GetRequiredService<GenerationFeed>(), provider.GetRequiredService<RedisBreaker>()));
        services.AddSingleton(provider => new KeyComposer(CacheJson.SchemaVersion, Options(provider).MaxComposedKeys));
        services.AddSingleton(provider => new EvictingTransaction(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<GenerationWriter>(),
            provider.GetRequiredService<TruthDataSource>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EvictingTransaction>>()));
        services.AddSingleton<MemoryTier>();
        services.AddSingleton<IMemoryCache>(provider => provider.GetRequiredService<MemoryTier>());
        services.AddSingleton(CreateBreaker);
        services.AddKeyedSingleton<IDistributedCache>(Redis, (provider, _) => CreateRedis(provider));
        services.AddHostedService<RedisProbe>();

        services.AddKeyedHybridCache(Stock, options => options.DistributedCacheServiceKey = Redis);
        services.AddOptions<HybridCacheOptions>(Stock).Configure<IOptions<CacheOptions>>(
            static (options, cache) => options.MaximumPayloadBytes = cache.Value.MaximumPayloadBytes);

        // After the stock cache's own, which is only registered where there is none: the last one is asked first.
        services.AddSingleton<IHybridCacheSerializerFactory>(provider => new CacheJsonSerializerFactory(
            provider.GetRequiredService<CacheMetrics>(), Options(provider).MaximumPayloadBytes));
        services.AddSingleton<HybridCache>(provider => ActivatorUtilities.CreateInstance<GenerationalHybridCache>(
            provider,
            provider.GetRequiredKeyedService<HybridCache>(Stock),
            provider.GetRequiredKeyedService<IDistributedCache>(Redis)));
        return services;
    }

    /// <summary>Reads one entry of the registry.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="entry">What to read, from <see cref="CacheLayers"/>.</param>
    /// <param name="state">Passed to <paramref name="factory"/>, so that it can be static.</param>
    /// <param name="factory">Computes the value; opens its own context, and never runs inside a transaction.</param>
    /// <param name="cancellationToken">Gives up waiting; the computation goes on while others wait for it.</param>
    /// <exception cref="TruthUnavailableException">Postgres cannot be reached and nothing good enough is cached.</exception>
    public static ValueTask<T> GetOrCreateAsync<TState, T>(
        this HybridCache cache, in CacheEntry entry, TState state, Func<TState, CancellationToken, ValueTask<T>> factory,
        CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(entry.Key, state, factory, entry.Options, entry.Tags, cancellationToken);

    private static CacheOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<CacheOptions>>().Value;

    private static void ConfigureReads(IServiceProvider provider, DbContextOptionsBuilder options)
    {
        ConnectDbContext.Configure(options);
        options.UseNpgsql(
            provider.GetRequiredService<TruthDataSource>().Pooled,
            npgsql => npgsql.CommandTimeout(Options(provider).FactoryTimeoutSeconds));
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        options.AddInterceptors(QueryCounter.Instance);
    }

    private static RedisBreaker CreateBreaker(IServiceProvider provider)
    {
        var options = Options(provider);
        var breaker = new RedisBreaker(
            options.RedisFailuresToBreak, options.RedisBreakDuration, provider.GetRequiredService<TimeProvider>());
        provider.GetRequiredService<CacheMetrics>().Observe(breaker);
        return breaker;
    }

    private static ResilientDistributedCache CreateRedis(IServiceProvider provider) => new(
        provider.GetRequiredService<IDistributedCache>(),
        provider.GetRequiredService<RedisBreaker>(),
        Options(provider).RedisTimeout,
        provider.GetRequiredService<KeyComposer>(),
        provider.GetRequiredService<CacheMetrics>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<ResilientDistributedCache>>());
}
