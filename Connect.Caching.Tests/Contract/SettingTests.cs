using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Contract;

/// <summary>Values that are set without a factory, their cost, and lifetimes that callers leave out.</summary>
public sealed class SettingTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_that_set_a_key_at_once_agree()
    {
        var (database, redis) = (servers.NewDatabase(), new RecordingCache());
        await using var first = await TestInstance.StartAsync(database, redis);
        await using var second = await TestInstance.StartAsync(database, redis);

        // One after the other, so that only the two of a key meet; each slot is another one's.
        foreach (var key in KeysOfDistinctSlots(100))
        {
            await Task.WhenAll(SetAsync(first, key, 1), SetAsync(second, key, 2));
            await TestInstance.EventuallyAsync(() => HasHeardAsync(first, second, key));

            var read = await first.ReadAsync(key, () => 9);
            Assert.InRange(read, 1, 2);
            Assert.Equal(read, await second.ReadAsync(key, () => 9));
        }
    }

    [Fact]
    public async Task Keys_that_are_set_evict_others_of_their_slot()
    {
        // A slot keeps the key that was set last: of the README's 3,000 keys, 969.
        Assert.Equal(969, Enumerable.Range(0, 3000).Select(number => CacheTags.SlotRowOf($"k{number}")).Distinct().Count());
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        string[] keys = [.. Enumerable.Range(0, 300).Select(number => $"k{number}")];
        foreach (var key in keys)
        {
            await instance.Cache.SetAsync(key, 1, cancellationToken: Token);
        }

        var kept = 0;
        foreach (var key in keys)
        {
            kept += await instance.ReadAsync(key, () => 0);
        }

        Assert.Equal(keys.Select(CacheTags.SlotRowOf).Distinct().Count(), kept);
    }

    [Fact]
    public async Task Impossible_tag_of_a_value_that_is_set_evicts_nothing()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        Assert.Equal(1, await instance.ReadAsync("k", () => 1));

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await instance.Cache.SetAsync("k", 2, tags: ["#"], cancellationToken: Token));

        Assert.Equal(1, await instance.ReadAsync("k", () => 3));
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.DisableCompression)]
    [InlineData(HybridCacheEntryFlags.None)]
    [InlineData(null)]
    public async Task Options_without_lifetimes_have_those_of_the_layer(HybridCacheEntryFlags? flags)
    {
        var (time, redis) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), new RecordingCache());
        await using var instance = await TestInstance.StartAsync(
            servers.NewDatabase(), redis, cache => cache.AddLayer<int>("short", TimeSpan.FromMinutes(7), TimeSpan.FromSeconds(30)), time: time);
        var options = new HybridCacheEntryOptions { Flags = flags };
        ValueTask<int> ReadAsync(int value) => instance.Cache.GetOrCreateAsync("short:1", _ => new ValueTask<int>(value), options, cancellationToken: Token);

        await ReadAsync(1);
        await TestInstance.EventuallyAsync(() => redis.Writes == 1);
        Assert.InRange(redis.LastOptions!.AbsoluteExpirationRelativeToNow!.Value, TimeSpan.FromMinutes(7) * 0.9, TimeSpan.FromMinutes(7));
        var reads = redis.Reads;
        time.Advance(TimeSpan.FromSeconds(26));
        await ReadAsync(2);
        Assert.Equal(reads, redis.Reads);
        time.Advance(TimeSpan.FromSeconds(4));
        await ReadAsync(2);
        Assert.Equal(reads + 1, redis.Reads);
    }

    [Fact]
    public async Task Layer_without_a_second_tier_has_none_whatever_the_flags_are()
    {
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(
            servers.NewDatabase(), redis, cache => cache.AddLayer<int>("local", TimeSpan.Zero, TimeSpan.FromMinutes(1)));

        await instance.Cache.SetAsync("local:1", 1, new() { Flags = HybridCacheEntryFlags.DisableCompression }, cancellationToken: Token);

        Assert.Equal(1, await instance.ReadAsync("local:1", () => 2));
        Assert.Empty(redis.Entries);
    }

    private static Task SetAsync(TestInstance instance, string key, int value) =>
        instance.Cache.SetAsync(key, value, cancellationToken: Token).AsTask();

    private static Task<bool> HasHeardAsync(TestInstance first, TestInstance second, string key)
    {
        var row = CacheTags.SlotRowOf(key);
        return Task.FromResult(
            first.Generations.Current!.GenerationOf(row).Value == second.Generations.Current!.GenerationOf(row).Value);
    }

    private static IEnumerable<string> KeysOfDistinctSlots(int count) =>
        Enumerable.Range(0, int.MaxValue).Select(number => $"k{number}").DistinctBy(CacheTags.SlotRowOf).Take(count);
}
