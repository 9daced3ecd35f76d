using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Caching.Tiers;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Caching.Tests;

/// <summary>Answers that are not stored like others, and an inner cache that is not the stock one.</summary>
public sealed class AnswerTests(Servers servers)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Absence_is_remembered_in_memory_and_ends_with_an_eviction()
    {
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(
            servers.NewDatabase(), redis, cache => cache.AddLayer<string>("name", Hour, Hour, notFoundFor: Hour));
        var runs = 0;
        string? stored = null;
        ValueTask<string?> ReadAsync() => instance.Cache.GetOrCreateAsync(
            "name:1",
            _ =>
            {
                runs++;
                return new ValueTask<string?>(stored);
            },
            tags: ["name:1"], cancellationToken: TestInstance.Token);

        Assert.Equal((null, null, 1), (await ReadAsync(), await ReadAsync(), runs));
        stored = "there now";
        Assert.Equal((null, 1), (await ReadAsync(), runs));
        await instance.EvictAsync("name:1");

        Assert.Equal(("there now", 2), (await ReadAsync(), runs));
        await TestInstance.EventuallyAsync(() => Task.FromResult(redis.Writes == 1));
    }

    [Fact]
    public async Task Everybody_who_waits_learns_that_there_is_none()
    {
        await using var instance = await TestInstance.StartAsync(
            servers.NewDatabase(), configure: cache => cache.AddLayer<string>("name", Hour, Hour, notFoundFor: Hour));
        var runs = 0;
        var released = new TaskCompletionSource();
        var reads = Enumerable.Range(0, 100).Select(_ => instance.Cache.GetOrCreateAsync<string?>(
            "name:1",
            async _ =>
            {
                Interlocked.Increment(ref runs);
                await released.Task;
                return null;
            },
            cancellationToken: TestInstance.Token).AsTask()).ToList();

        released.SetResult();

        Assert.All(await Task.WhenAll(reads), Assert.Null);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Answer_that_is_not_to_be_stored_is_given_and_forgotten()
    {
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), redis);
        var runs = 0;
        for (var read = 1; read <= 3; read++)
        {
            var value = await instance.Cache.GetOrCreateAsync(
                "k",
                _ =>
                {
                    CacheComputation.Current!.DoNotStore();
                    return new ValueTask<int>(++runs);
                },
                tags: ["t"], cancellationToken: TestInstance.Token);
            Assert.Equal(read, value);
        }

        Assert.Equal(0, redis.Writes);
        Assert.False(instance.Get<LastGoodStore>().TryGet<int>(CacheLayerRegistry.Other, "k", null, 0, out _, out _));
    }

    [Fact]
    public async Task Any_inner_cache_is_evicted_in_every_instance()
    {
        var database = servers.NewDatabase();
        static void KeepInPlainOne(GenerationalCacheBuilder cache) => cache.KeepIn(static _ =>
        {
            var services = new ServiceCollection();
            services.AddHybridCache();
            return services.BuildServiceProvider().GetRequiredService<HybridCache>();
        });
        await using var writer = await TestInstance.StartAsync(database, configure: KeepInPlainOne);
        await using var reader = await TestInstance.StartAsync(database, configure: KeepInPlainOne);
        Assert.Equal((1, 1, 1), (await reader.ReadAsync("k", () => 1, "t"), await reader.ReadAsync("k", () => 2, "t"), await writer.ReadAsync("k", () => 1, "t")));

        await writer.EvictAsync("t");

        Assert.Equal(3, await writer.ReadAsync("k", () => 3, "t"));
        await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => 3, "t") == 3);
    }
}
