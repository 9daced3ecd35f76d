using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests;

/// <summary>What a single call asks for by its options, and what is refused and counted, on a cache that needs no server.</summary>
public sealed class CallTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Known_value_is_not_given_to_a_cancelled_call_or_inside_a_transaction()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => "1");
        await cache.ReadAsync(() => "1");

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await cache.Cache.GetOrCreateAsync(
            OfflineCache.Key, static _ => new ValueTask<string>("2"), tags: [OfflineCache.Tag], cancellationToken: new(canceled: true)));
        CacheAmbient.Current = new(Trace: null, Computation: null, IsInTransaction: true);
        await AssertRefusedAsync(() => cache.Cache.GetOrCreateAsync(
            OfflineCache.Key, static _ => new ValueTask<string>("2"), tags: [OfflineCache.Tag], cancellationToken: TestInstance.Token).AsTask());
        await AssertRefusedAsync(() => cache.Cache.SetAsync(OfflineCache.Key, "2", cancellationToken: TestInstance.Token).AsTask());
        await AssertRefusedAsync(() => cache.Cache.RemoveByTagAsync(OfflineCache.Tag, TestInstance.Token).AsTask());
        CacheAmbient.Current = new(Trace: null, Computation: null, IsInTransaction: false);

        Assert.Equal("1", (await cache.ReadAsync(() => "2")).Value);
    }

    [Fact]
    public async Task Value_that_a_call_computes_anew_is_seen_by_the_next_one()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => "1");
        Assert.Equal("1", (await cache.ReadAsync(() => "2")).Value);
        var anew = new HybridCacheEntryOptions
        {
            Expiration = Hour,
            Flags = HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead,
        };

        Assert.Equal(("3", CacheOutcome.Miss), await cache.ReadAsync(() => "3", anew));

        Assert.Equal("3", (await cache.ReadAsync(() => "4")).Value);
    }

    [Fact]
    public async Task Tags_may_be_any_collection()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => "1");
        ValueTask<string> ReadAsync(IEnumerable<string> tags) => cache.Cache.GetOrCreateAsync(
            OfflineCache.Key, static _ => new ValueTask<string>("2"), tags: tags, cancellationToken: TestInstance.Token);

        Assert.Equal("1", await ReadAsync([OfflineCache.Tag]));
        Assert.Equal("1", await ReadAsync(new HashSet<string> { OfflineCache.Tag }));
        Assert.Equal("1", await ReadAsync(Enumerable.Repeat(OfflineCache.Tag, 1)));
    }

    [Fact]
    public async Task Short_lifetime_keeps_the_calls_other_flags()
    {
        using var cache = await OfflineCache.CreateAsync();
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(1), Flags = HybridCacheEntryFlags.DisableLocalCache };

        Assert.Equal((1, CacheOutcome.Miss), await cache.ReadAsync(() => 1, options));
        Assert.Equal((2, CacheOutcome.Miss), await cache.ReadAsync(() => 2, options));
        Assert.Equal(0, cache.Redis.Writes);
    }

    [Fact]
    public async Task Call_that_forbids_computing_gets_what_is_there_or_nothing()
    {
        using var cache = await OfflineCache.CreateAsync();
        var only = new HybridCacheEntryOptions { Expiration = Hour, Flags = HybridCacheEntryFlags.DisableUnderlyingData };

        Assert.Equal((null, CacheOutcome.Miss), await cache.ReadAsync<string?>(() => "1", only));
        await cache.ReadAsync<string?>(() => "2");

        Assert.Equal(("2", CacheOutcome.Memory), await cache.ReadAsync<string?>(() => "3", only));
    }

    [Fact]
    public async Task Absence_is_known_by_the_same_tags_in_another_form()
    {
        using var cache = await OfflineCache.CreateAsync(builder => builder.AddLayer(new CacheLayer("absent", OfflineCache.Key, Hour, Hour) { NotFoundFor = Hour }));
        Assert.Equal((null, CacheOutcome.Miss), await cache.ReadAsync<string?>(() => null));

        Assert.Null(await cache.Cache.GetOrCreateAsync<string?>(
            OfflineCache.Key, static _ => new("1"), tags: [OfflineCache.Tag, OfflineCache.Tag], cancellationToken: TestInstance.Token));

        var layer = Assert.Single(cache.Get<CacheState>().ReadTotals().Layers, layer => layer.Miss > 0);
        Assert.Equal((1, 1), (layer.Memory, layer.Miss));
    }

    [Fact]
    public async Task Computations_are_counted_with_their_failures()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => 1);
        cache.Evict();
        await Assert.ThrowsAsync<NotSupportedException>(() => cache.ReadAsync<int>(static () => throw new NotSupportedException()));

        var layer = Assert.Single(cache.Get<CacheState>().ReadTotals().Layers, layer => layer.Computations > 0);
        Assert.Equal((2, 1, 1), (layer.Computations, layer.ComputationErrors, layer.Miss));
    }

    [Fact]
    public async Task Hits_are_timed_by_the_monotonic_clock()
    {
        using var cache = await OfflineCache.CreateAsync();
        await cache.ReadAsync(() => "1");
        for (var read = 0; read < 10_000; read++)
        {
            await cache.ReadAsync(() => "2");
        }

        var layer = Assert.Single(cache.Get<CacheState>().ReadTotals().Layers, layer => layer.Memory > 0);

        // The clock stands still: what is measured takes no time.
        Assert.Equal(10_000, layer.Memory);
        Assert.InRange(layer.TimedHits, 1, 10_000);
        Assert.Equal(0, layer.TimedHitSeconds);
    }

    private static Task<InvalidOperationException> AssertRefusedAsync(Func<Task> call) => Assert.ThrowsAsync<InvalidOperationException>(call);
}
