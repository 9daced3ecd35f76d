using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Caching;

/// <summary>Registers the cache.</summary>
public static class GenerationalCacheRegistration
{
    /// <summary>
    /// Registers <see cref="HybridCache"/> with tags that are evicted in all instances together with the data,
    /// <see cref="CacheTransaction{TContext}"/>, and the listener behind both. Options are read from the section
    /// <see cref="CacheOptions.SectionName"/>.
    /// </summary>
    /// <remarks>
    /// <see cref="HybridCache.SetAsync{T}"/> and <see cref="HybridCache.RemoveAsync(string, CancellationToken)"/> raise the
    /// generation of one of 1,024 slots, which the key shares with others: of 3,000 keys that are set one after the other, 969 are
    /// left. They are for single keys.
    /// </remarks>
    /// <typeparam name="TContext">
    /// A registered context with <see cref="DbContextEvictions.UseCacheInvalidation"/> and
    /// <see cref="DbContextEvictions.AddCacheTables"/>.
    /// </typeparam>
    /// <param name="services">With an <c>IDistributedCache</c> if there is to be a second tier.</param>
    /// <param name="configure">Sets the database and the layers.</param>
    public static IServiceCollection AddGenerationalCache<TContext>(this IServiceCollection services, Action<GenerationalCacheBuilder> configure)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new GenerationalCacheBuilder();
        configure(builder);
        var connectionString = builder.ConnectionString
            ?? throw new ArgumentException($"The cache has no database: call {nameof(GenerationalCacheBuilder.ConnectTo)}.", nameof(configure));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.SectionName).ValidateOnStart();

        AddGenerations(services, connectionString);
        services.AddSingleton(new CacheLayerRegistry(builder.Layers));
        services.AddSingleton(new CacheEvictionKinds(builder.ForeseenEvictions));
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton(provider => provider.GetRequiredService<CacheMetrics>().Statistics);
        services.AddSingleton(provider => new KeyComposer(
            builder.PayloadVersion ?? JsonPayloads.VersionOf(builder.Layers.Select(layer => layer.ValueType).OfType<Type>()),
            provider.GetRequiredService<IOptions<CacheOptions>>().Value.MaxComposedKeys,
            provider.GetRequiredService<CacheLayerRegistry>()));
        services.AddSingleton<KeyNamer>();
        services.AddSingleton<LastGoodStore>();
        services.AddSingleton(provider => new PayloadSerializers(
            provider, builder.Serializers ?? new JsonPayloads(), provider.GetRequiredService<CacheMetrics>(),
            provider.GetRequiredService<IOptions<CacheOptions>>().Value.MaximumPayloadBytes));
        services.AddSingleton(provider => new CacheTiers(
            provider, provider.GetRequiredService<PayloadSerializers>(), provider.GetRequiredService<KeyComposer>(), provider.GetRequiredService<IOptions<CacheOptions>>(),
            provider.GetRequiredService<CacheMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<RedisProbe>();

        services.AddSingleton<HybridCache>(provider => ActivatorUtilities.CreateInstance<GenerationalHybridCache>(
            provider, builder.Inner?.Invoke(provider) ?? provider.GetRequiredService<CacheTiers>().Cache));
        services.AddSingleton(provider => new CacheTransaction<TContext>(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<GenerationPublisher>(),
            provider.GetRequiredService<PrimaryDatabase>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CacheTransaction<TContext>>>()));
        services.AddSingleton(provider => new CacheState(
            provider.GetRequiredService<GenerationState>(), provider.GetRequiredService<CacheTiers>(),
            provider.GetRequiredService<CacheMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CachePreloading(provider.GetRequiredService<GenerationLoader>()));
        return services;
    }

    private static void AddGenerations(IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddSingleton(provider => new PrimaryDatabase(
            connectionString(provider), provider.GetRequiredService<IOptions<CacheOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GenerationStore>();
        services.AddSingleton<GenerationState>();
        services.AddSingleton<GenerationLoader>();
        services.AddSingleton<GenerationPoller>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<GenerationPoller>());
        services.AddHostedService<GenerationListener>();
        services.AddSingleton<GenerationPublisher>();
    }
}
