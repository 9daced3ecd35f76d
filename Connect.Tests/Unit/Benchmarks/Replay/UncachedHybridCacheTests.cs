using Connect.Benchmarks.Replay.Rules;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Data.Caching;

namespace Connect.Tests.Unit.Benchmarks.Replay;

/// <summary>The cache that keeps nothing.</summary>
public sealed class UncachedHybridCacheTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_read_computes_and_says_so()
    {
        var (cache, entry, computed) = (new UncachedHybridCache(), CacheLayers.MatchesOf(Guid.NewGuid()), 0);
        var trace = CacheTrace.Begin();

        for (var read = 1; read <= 3; read++)
        {
            Assert.Equal(read, await cache.GetOrCreateAsync(
                entry.Key, 0, (_, _) => new ValueTask<int>(++computed), tags: entry.Tags, cancellationToken: CancellationToken));
        }

        Assert.Equal(CacheOutcome.Miss, trace.ReadOf(CacheLayers.Matches)?.Outcome);
    }

    [Fact]
    public async Task Factory_has_the_generations_that_a_ranking_is_stored_under()
    {
        var entry = CacheLayers.MatchesOf(Guid.NewGuid());

        var generation = await new UncachedHybridCache().GetOrCreateAsync(
            entry.Key, 0, (_, _) => new ValueTask<long>(CacheComputation.Current!.GenerationOf(ConnectTags.Programs)), tags: entry.Tags,
            cancellationToken: CancellationToken);

        Assert.Equal(0, generation);
        Assert.Null(CacheComputation.Current);
    }
}
