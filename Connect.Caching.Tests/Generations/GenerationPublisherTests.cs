using Connect.Caching.Generations;
using Connect.Caching.Tests.Instances;

namespace Connect.Caching.Tests.Generations;

/// <summary>Committed generations, in the instance that committed them.</summary>
public sealed class GenerationPublisherTests
{
    [Fact]
    public async Task Writer_sees_its_eviction_before_the_notification_comes_and_waits_for_that_within_a_bound()
    {
        using var cache = await OfflineCache.CreateAsync();
        Assert.Equal(1, (await cache.ReadAsync(() => 1)).Value);

        var committed = cache.Get<GenerationPublisher>().CommittedAsync(new Dictionary<string, long> { [OfflineCache.Tag] = 5 }, "test").AsTask();

        Assert.Equal(2, (await cache.ReadAsync(() => 2)).Value);
        Assert.False(committed.IsCompleted);
        Assert.Equal(1, cache.Get<CacheState>().ReadTotals().Evictions.Sum(eviction => eviction.Count));
        cache.Evict(generation: 5);
        await committed;
        Assert.Equal(2, (await cache.ReadAsync(() => 3)).Value);
    }

    [Fact]
    public async Task Eviction_of_nothing_asks_nobody()
    {
        using var cache = await OfflineCache.CreateAsync();

        await cache.Cache.RemoveAsync([], TestInstance.Token);
        await cache.Cache.RemoveByTagAsync([], TestInstance.Token);
        await cache.Get<GenerationPublisher>().CommittedAsync(new Dictionary<string, long>(), "test");

        Assert.Empty(cache.Get<CacheState>().ReadTotals().Evictions);
    }
}
