using System.Collections.Immutable;

namespace Connect.Caching.Diagnostics;

/// <summary>Adds up what several processes counted.</summary>
public static class CacheSnapshotSum
{
    /// <summary>
    /// The sum of all: counts add up, maxima and ages are the largest, a breaker is open if one is, and numbers are
    /// verified if all are.
    /// </summary>
    public static CacheSnapshot Of(IReadOnlyCollection<CacheSnapshot> snapshots)
    {
        var feeds = snapshots.Select(snapshot => snapshot.Feed).OfType<FeedSnapshot>().ToList();
        var redis = snapshots.Select(snapshot => snapshot.Redis).OfType<RedisSnapshot>().ToList();
        return new CacheSnapshot(
            [.. snapshots.SelectMany(snapshot => snapshot.Layers.OrEmpty()).GroupBy(layer => layer.Name).Select(Layer)],
            [
                .. snapshots.SelectMany(snapshot => snapshot.Evictions.OrEmpty()).GroupBy(eviction => (eviction.Tag, eviction.Reason))
                    .Select(group => new EvictionCount(group.Key.Tag, group.Key.Reason, group.Sum(eviction => eviction.Count)))
                    .OrderBy(eviction => eviction.Tag, StringComparer.Ordinal).ThenBy(eviction => eviction.Reason, StringComparer.Ordinal),
            ],
            feeds.Count == 0 ? null : Feed(feeds),
            redis.Count == 0 ? null : Redis(redis),
            snapshots.Sum(snapshot => snapshot.PayloadsRefused),
            snapshots.Sum(snapshot => snapshot.PayloadsUndeserializable),
            new MemorySnapshot(
                snapshots.Sum(s => s.Memory?.Entries ?? 0), snapshots.Sum(s => s.Memory?.Bytes ?? 0),
                snapshots.Sum(s => s.Memory?.LimitBytes ?? 0)));
    }

    /// <summary>The seconds within which a share of the notifications arrived; null where none was heard.</summary>
    /// <param name="feed">One process's or several processes' feed.</param>
    /// <param name="share">0.5 for the median.</param>
    public static double? LagOf(FeedSnapshot feed, double share) => LagBuckets.PercentileOf(feed.LagCounts.OrEmpty(), share);

    /// <summary>The items; none where another release did not write them.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;

    private static LayerSnapshot Layer(IGrouping<string, LayerSnapshot> group) => new(
        group.Key, group.Sum(l => l.Memory), group.Sum(l => l.Redis), group.Sum(l => l.Miss), group.Sum(l => l.Stale),
        group.Sum(l => l.Computations), group.Sum(l => l.ComputationErrors), group.Sum(l => l.ComputationSeconds), group.Sum(l => l.Queries),
        group.Sum(l => l.TimedHits), group.Sum(l => l.TimedHitSeconds));

    private static FeedSnapshot Feed(List<FeedSnapshot> feeds)
    {
        var counts = new long[feeds.Max(feed => feed.LagCounts.OrEmpty().Length)];
        foreach (var feed in feeds)
        {
            for (var place = 0; place < feed.LagCounts.OrEmpty().Length; place++)
            {
                counts[place] += feed.LagCounts[place];
            }
        }

        return new FeedSnapshot(
            feeds.TrueForAll(f => f.Verified), feeds.Sum(f => f.Heard), feeds.Max(f => f.LastLagSeconds), feeds.Max(f => f.MaxLagSeconds),
            [.. counts], feeds.Sum(f => f.Swept), feeds.Sum(f => f.Sweeps), feeds.Sum(f => f.SweepFailures), feeds.Max(f => f.ConfirmedAgeSeconds));
    }

    private static RedisSnapshot Redis(List<RedisSnapshot> redis) => new(
        redis.Exists(r => r.BreakerOpen),
        [
            .. redis.SelectMany(r => r.Operations.OrEmpty()).GroupBy(operation => (operation.Operation, operation.Result))
                .Select(group => new RedisCount(group.Key.Operation, group.Key.Result, group.Sum(o => o.Count), group.Sum(o => o.Seconds))),
        ],
        redis.Sum(r => r.BytesRead),
        redis.Sum(r => r.BytesWritten));
}
