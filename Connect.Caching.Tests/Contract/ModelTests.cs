using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests.Contract;

/// <summary>
/// Random steps with random flags on values of several types: on one instance, this cache answers as the stock one does, and
/// computes as often. Of the README's table of differences, the steps leave out other tags for a key and keys of one slot.
/// </summary>
public sealed class ModelTests(Servers servers)
{
    private static readonly HybridCacheEntryFlags[] Flags =
    [
        HybridCacheEntryFlags.None, HybridCacheEntryFlags.None, HybridCacheEntryFlags.None,
        HybridCacheEntryFlags.DisableLocalCacheRead, HybridCacheEntryFlags.DisableLocalCacheWrite, HybridCacheEntryFlags.DisableLocalCache,
        HybridCacheEntryFlags.DisableDistributedCacheRead, HybridCacheEntryFlags.DisableDistributedCacheWrite,
        HybridCacheEntryFlags.DisableDistributedCache, HybridCacheEntryFlags.DisableUnderlyingData,
        HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead,
        HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Steps_on_numbers(int seed) => CompareAsync(seed, number => number);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public Task Steps_on_strings(int seed) => CompareAsync(seed, number => $"값 {number}");

    [Theory]
    [InlineData(5)]
    public Task Steps_on_bytes(int seed) => CompareAsync(seed, BitConverter.GetBytes);

    [Theory]
    [InlineData(6)]
    public Task Steps_on_values_that_readers_can_change(int seed) => CompareAsync<List<int>>(seed, number => [number]);

    [Theory]
    [InlineData(7)]
    public Task Steps_on_values_that_readers_share(int seed) => CompareAsync(seed, number => new Shared(number));

    [Theory]
    [InlineData(8)]
    public Task Steps_on_absent_values(int seed) => CompareAsync(seed, number => number % 3 == 0 ? null : new Shared(number));

    private async Task CompareAsync<T>(int seed, Func<int, T> valueOf)
    {
        await using var ours = await CacheUnderTest.StartAsync(CacheUnderTest.Generational, servers);
        await using var stock = await CacheUnderTest.StartAsync(CacheUnderTest.Stock, servers);
        CacheUnderTest[] both = [ours, stock];
        int[] writes = [0, 0];
        string[] keys = [.. Enumerable.Range(0, 100).Select(number => $"k{number}").DistinctBy(CacheTags.SlotRowOf).Take(5)];
        var random = new Random(seed);
        for (var step = 0; step < 400; step++)
        {
            var (key, flags, kind) = (random.Next(keys.Length), Flags[random.Next(Flags.Length)], random.Next(20));
            var value = valueOf(step);
            var results = new (object? Value, int Runs)[2];
            for (var cache = 0; cache < both.Length; cache++)
            {
                results[cache] = await StepAsync(both[cache].Cache, kind, keys[key], [$"t{key % 2}"], flags, value);

                // Written in the background.
                writes[cache] += results[cache].Runs;
                var expected = writes[cache];
                var redis = both[cache].Redis;
                await TestInstance.EventuallyAsync(() => redis.Writes == expected);
            }

            Assert.True(
                Equals(results[0].Value, results[1].Value) && results[0].Runs == results[1].Runs,
                $"Step {step} of seed {seed}, kind {kind}, key {key}, {flags}: {results[0]} here, {results[1]} of the stock cache.");
        }
    }

    /// <summary>Does one step; what it gave, and how many values it had to write to the second tier.</summary>
    private static async Task<(object? Value, int Runs)> StepAsync<T>(
        HybridCache cache, int kind, string key, string[] tags, HybridCacheEntryFlags flags, T value)
    {
        var options = new HybridCacheEntryOptions { Flags = flags, Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromHours(1) };
        var runs = 0;
        switch (kind)
        {
            case 0:
                await cache.RemoveAsync(key, Token);
                return default;
            case 1:
                await cache.RemoveByTagAsync(tags, Token);
                return default;
            case 2:
                await cache.RemoveByTagAsync("*", Token);
                return default;
            case 3:
                // With flags that keep a tier from being written, the stock cache leaves the old value there.
                await cache.SetAsync(key, value, new() { Expiration = options.Expiration }, tags, Token);
                return (null, 1);
            default:
                var read = await cache.GetOrCreateAsync(
                    key,
                    _ =>
                    {
                        runs += (flags & HybridCacheEntryFlags.DisableDistributedCacheWrite) == 0 ? 1 : 0;
                        return new ValueTask<T>(value);
                    },
                    options, tags, Token);
                return (Comparable(read), runs);
        }
    }

    private static object? Comparable<T>(T value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        List<int> list => string.Join(',', list),
        _ => value,
    };

    [ImmutableObject(true)]
    private sealed record Shared(int Number);
}
