using Connect.Caching.Diagnostics;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tiers;

/// <summary>
/// The inner cache: the stock <see cref="HybridCache"/> over a memory with a limit and, if the application has an
/// <see cref="IDistributedCache"/>, over a guarded Redis. It has its own service container, so that it does not use the
/// application's <see cref="IMemoryCache"/>.
/// </summary>
internal sealed class CacheTiers : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly MemoryTier _memory;
    private readonly RedisBreaker _breaker;

    public CacheTiers(
        IServiceProvider application, PayloadSerializers serializers, KeyComposer keys, IOptions<CacheOptions> options,
        CacheMetrics metrics, TimeProvider time)
    {
        var value = options.Value;
        _memory = new MemoryTier(options, metrics, time);
        _breaker = new RedisBreaker(value.RedisFailuresToBreak, value.RedisBreakDuration, time);
        metrics.ObserveBreaker(() => _breaker.IsOpen);
        var loggers = application.GetRequiredService<ILoggerFactory>();
        if (application.GetService<IDistributedCache>() is { } distributed)
        {
            Redis = new ResilientDistributedCache(
                distributed, _breaker, value.RedisTimeout, keys, metrics, time, loggers.CreateLogger<ResilientDistributedCache>());
        }

        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(time);
        services.AddSingleton<IMemoryCache>(_memory);
        if (Redis is not null)
        {
            services.AddSingleton<IDistributedCache>(Redis);
        }

        services.AddHybridCache(hybrid =>
        {
            hybrid.MaximumPayloadBytes = value.MaximumPayloadBytes;
            hybrid.MaximumKeyLength = KeyComposer.MaxPhysicalLength;
        });

        // Registered after the stock cache's own, because the last one is asked first; which has two types that it asks no factory for.
        services.AddSingleton<IHybridCacheSerializerFactory>(serializers);
        AddSerializer<string>(services, serializers);
        AddSerializer<byte[]>(services, serializers);
        _services = services.BuildServiceProvider();
        Cache = _services.GetRequiredService<HybridCache>();
    }

    /// <summary>The stock cache.</summary>
    public HybridCache Cache { get; }

    /// <summary>The guarded second tier; null if the application has none.</summary>
    public ResilientDistributedCache? Redis { get; }

    /// <summary>Whether the breaker of the second tier is open.</summary>
    public bool IsRedisAway => _breaker.IsOpen;

    /// <summary>Whether the first tier has a value under this key.</summary>
    public bool Holds(string physicalKey) => _memory.TryGetValue(physicalKey, out _);

    private static void AddSerializer<T>(ServiceCollection services, PayloadSerializers serializers)
    {
        if (serializers.TryCreateSerializer<T>(out var serializer))
        {
            services.AddSingleton(serializer);
        }
    }

    /// <summary>The content of memory.</summary>
    public MemorySnapshot ReadMemory() => _memory.Read();

    public void Dispose()
    {
        _services.Dispose();
        _memory.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().ConfigureAwait(false);
        _memory.Dispose();
    }
}
