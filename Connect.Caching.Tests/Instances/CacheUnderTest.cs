using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connect.Caching.Tests.Instances;

/// <summary>A <see cref="HybridCache"/> over a second tier that tests can look into: this library's, or the stock one.</summary>
internal sealed class CacheUnderTest : IAsyncDisposable
{
    public const string Generational = "generational";
    public const string Stock = "stock";

    private readonly IAsyncDisposable _owner;

    private CacheUnderTest(HybridCache cache, CountingCache redis, IAsyncDisposable owner) => (Cache, Redis, _owner) = (cache, redis, owner);

    /// <summary>Both, for theories.</summary>
    public static TheoryData<string> All => [Generational, Stock];

    public HybridCache Cache { get; }

    public CountingCache Redis { get; }

    public static async Task<CacheUnderTest> StartAsync(string name, Servers servers)
    {
        var redis = new CountingCache();
        if (name == Generational)
        {
            var instance = await TestInstance.StartAsync(servers.NewDatabase(), redis);
            return new(instance.Cache, redis, instance);
        }

        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(redis);
        services.AddHybridCache();
        var provider = services.BuildServiceProvider();
        return new(provider.GetRequiredService<HybridCache>(), redis, provider);
    }

    public ValueTask DisposeAsync() => _owner.DisposeAsync();
}

/// <summary>A second tier that counts what it is asked for; values, not the tag times of the stock cache.</summary>
internal sealed class CountingCache : IDistributedCache
{
    private readonly MemoryDistributedCache _inner = new(Options.Create(new MemoryDistributedCacheOptions()));
    private int _reads;
    private int _writes;

    public int Reads => Volatile.Read(ref _reads);

    public int Writes => Volatile.Read(ref _writes);

    public byte[]? Get(string key) => _inner.Get(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        Count(key, ref _reads);
        return _inner.GetAsync(key, token);
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _inner.Set(key, value, options);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Count(key, ref _writes);
        return _inner.SetAsync(key, value, options, token);
    }

    public void Refresh(string key) => _inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => _inner.RefreshAsync(key, token);

    public void Remove(string key) => _inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => _inner.RemoveAsync(key, token);

    private static void Count(string key, ref int count)
    {
        if (!key.StartsWith("__MSFT", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref count);
        }
    }
}
