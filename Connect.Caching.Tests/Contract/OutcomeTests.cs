using System.Text;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Caching.Tiers;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Caching.Tests.Contract;

/// <summary>Where answers come from, and what is kept of them in each tier.</summary>
public sealed class OutcomeTests(Servers servers)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly RecordingCache _redis = new();

    [Fact]
    public async Task Outcome_is_miss_then_memory_and_redis_on_another_instance()
    {
        var database = servers.NewDatabase();
        await using var first = await TestInstance.StartAsync(database, _redis);
        await using var second = await TestInstance.StartAsync(database, _redis);

        Assert.Equal((1, CacheOutcome.Miss), await OutcomeAsync(() => first.ReadAsync("k", () => 1, "t")));
        await TestInstance.EventuallyAsync(() => _redis.Entries.Count == 1);
        Assert.Equal((1, CacheOutcome.Memory), await OutcomeAsync(() => first.ReadAsync("k", () => 2, "t")));
        Assert.Equal((1, CacheOutcome.Redis), await OutcomeAsync(() => second.ReadAsync("k", () => 2, "t")));
        Assert.Equal((1, CacheOutcome.Memory), await OutcomeAsync(() => second.ReadAsync("k", () => 2, "t")));
    }

    [Fact]
    public async Task Thousand_cold_callers_compute_once_and_all_say_so()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());

        // All generations of the key are known, so that every caller joins at once: one that waited for a generation could come
        // after the computation.
        await instance.ReadAsync("k", () => 1, "t");
        await instance.Cache.RemoveByTagAsync("t", TestInstance.Token);
        var runs = 0;
        var released = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 1000).Select(_ => OutcomeAsync(() => instance.Cache.GetOrCreateAsync(
            "k",
            async _ =>
            {
                Interlocked.Increment(ref runs);
                await released.Task;
                return 7;
            },
            tags: ["t"], cancellationToken: TestInstance.Token))).ToList();
        await TestInstance.EventuallyAsync(() => Volatile.Read(ref runs) > 0);

        released.SetResult();

        Assert.All(await Task.WhenAll(callers), answer => Assert.Equal((7, CacheOutcome.Miss), answer));
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache, CacheOutcome.Redis, 1)]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCache, CacheOutcome.Memory, 0)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCache, CacheOutcome.Miss, 0)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite, CacheOutcome.Miss, 0)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead, CacheOutcome.Miss, 1)]
    public async Task Flags_of_an_entry_decide_where_its_second_answer_comes_from(HybridCacheEntryFlags flags, CacheOutcome second, int stored)
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), _redis);
        var options = new HybridCacheEntryOptions { Flags = flags, Expiration = Hour };

        await ReadAsync(instance, 7, options);
        await TestInstance.EventuallyAsync(() => _redis.Entries.Count == stored);

        Assert.Equal((7, second), await OutcomeAsync(() => ReadAsync(instance, 7, options)));
    }

    [Fact]
    public async Task Read_that_may_not_compute_is_a_miss_and_leaves_no_trace()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), _redis);
        var options = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };

        Assert.Equal((0, CacheOutcome.Miss), await OutcomeAsync(() => ReadAsync(instance, 7, options)));
        Assert.False(instance.Get<LastGoodStore>().TryGet<int>(CacheLayerRegistry.Other, "k", null, 0, out _, out _));
        await instance.ReadAsync("k", () => 5, "t");

        Assert.Equal((5, CacheOutcome.Memory), await OutcomeAsync(() => ReadAsync(instance, 7, options)));
    }

    [Fact]
    public async Task Time_in_memory_and_time_in_Redis_are_the_entrys_own()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), _redis, time: time);
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromMinutes(7), LocalCacheExpiration = TimeSpan.FromSeconds(3) };

        await ReadAsync(instance, 7, options);
        await TestInstance.EventuallyAsync(() => _redis.Entries.Count == 1);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((7, CacheOutcome.Memory), await OutcomeAsync(() => ReadAsync(instance, 8, options)));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((7, CacheOutcome.Redis), await OutcomeAsync(() => ReadAsync(instance, 8, options)));
        Assert.Equal(TimeSpan.FromMinutes(7), _redis.LastOptions?.AbsoluteExpirationRelativeToNow);
    }

    [Fact]
    public async Task Caller_who_has_given_up_before_gets_nothing()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());
        await instance.ReadAsync("k", () => 1, "t");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await instance.Cache.GetOrCreateAsync(
            "k", _ => new ValueTask<int>(1), tags: ["t"], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Key_asked_for_with_other_tags_is_another_entry()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase());

        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "a"));
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "b"));
    }

    [Fact]
    public async Task Payload_that_cannot_be_read_is_removed_and_computed_again()
    {
        var database = servers.NewDatabase();
        await using var first = await TestInstance.StartAsync(database, _redis);
        await using var second = await TestInstance.StartAsync(database, _redis);
        static ValueTask<Offer> ReadOfferAsync(TestInstance instance, int number) => instance.Cache.GetOrCreateAsync(
            "k", _ => new ValueTask<Offer>(new Offer(number)), cancellationToken: TestInstance.Token);
        await ReadOfferAsync(first, 1);
        await TestInstance.EventuallyAsync(() => _redis.Entries.Count == 1);
        var (key, payload) = _redis.Entries.Single();
        payload[payload.AsSpan().IndexOf("\"Number\":1"u8) + 9] = (byte)'x';

        Assert.Equal(2, (await ReadOfferAsync(second, 2)).Number);

        await TestInstance.EventuallyAsync(() =>
            _redis.Entries.TryGetValue(key, out var rewritten) && Encoding.UTF8.GetString(rewritten).Contains("\"Number\":2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Memory_is_bounded_and_answers_stay_right()
    {
        await using var instance = await TestInstance.StartAsync(servers.NewDatabase(), settings: new() { ["MemoryLimitBytes"] = "1048576" });
        var large = new string('x', 10_000);
        for (var key = 0; key < 500; key++)
        {
            var value = $"{key}{large}";
            Assert.Equal(value, await instance.Cache.GetOrCreateAsync($"k{key}", _ => new ValueTask<string>(value), cancellationToken: TestInstance.Token));
        }

        var memory = instance.Get<CacheTiers>().ReadMemory();
        Assert.InRange(memory.Bytes, 1, 1_048_576);
        Assert.InRange(memory.Entries, 1, 105);
    }

    private static ValueTask<int> ReadAsync(TestInstance instance, int value, HybridCacheEntryOptions options) => instance.Cache.GetOrCreateAsync(
        "k", _ => new ValueTask<int>(value), options, ["t"], TestInstance.Token);

    private static async Task<(T Value, CacheOutcome? Outcome)> OutcomeAsync<T>(Func<ValueTask<T>> read)
    {
        var (value, trace) = await TestInstance.TraceAsync(read);
        return (value, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);
    }

    private sealed record Offer(int Number);
}
