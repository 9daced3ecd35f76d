using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tests.Instances;

/// <summary>A <see cref="HybridCache"/> over a second tier that tests can look into: this library's, or the stock one.</summary>
internal sealed class CacheUnderTest : IAsyncDisposable
{
    public const string Generational = "generational";
    public const string Stock = "stock";

    private readonly IAsyncDisposable _owner;

    private CacheUnderTest(HybridCache cache, RecordingCache redis, IAsyncDisposable owner) => (Cache, Redis, _owner) = (cache, redis, owner);

    /// <summary>Both, for theories.</summary>
    public static TheoryData<string> All => [Generational, Stock];

    public HybridCache Cache { get; }

    public RecordingCache Redis { get; }

    public static async Task<CacheUnderTest> StartAsync(string name, Servers servers)
    {
        var redis = new RecordingCache();
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
