namespace Connect.Caching.Diagnostics;

/// <content>The sum over several instances.</content>
public sealed partial record CacheSnapshot
{
    /// <summary>
    /// The sum of several instances' totals: counts are added, maxima and ages are the largest, the breaker is open if
    /// any is, and generations are verified if all are.
    /// </summary>
    public static CacheSnapshot SumOf(IReadOnlyCollection<CacheSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        var listeners = snapshots.Select(snapshot => snapshot.Listener).OfType<ListenerSnapshot>().ToList();
        var redis = snapshots.Select(snapshot => snapshot.Redis).OfType<RedisSnapshot>().ToList();
        return new CacheSnapshot(
            [.. snapshots.SelectMany(snapshot => snapshot.Layers).GroupBy(layer => layer.Name).Select(SumOf)],
            [
                .. snapshots.SelectMany(snapshot => snapshot.Evictions).GroupBy(eviction => (eviction.Tag, eviction.Reason))
                    .Select(group => new EvictionCount(group.Key.Tag, group.Key.Reason, group.Sum(eviction => eviction.Count)))
                    .OrderBy(eviction => eviction.Tag, StringComparer.Ordinal).ThenBy(eviction => eviction.Reason, StringComparer.Ordinal),
            ],
            listeners.Count == 0 ? null : SumOf(listeners),
            redis.Count == 0 ? null : SumOf(redis),
            snapshots.Sum(snapshot => snapshot.PayloadsRefused),
            snapshots.Sum(snapshot => snapshot.PayloadsUndeserializable),
            new MemorySnapshot(
                snapshots.Sum(s => s.Memory?.Entries ?? 0), snapshots.Sum(s => s.Memory?.Bytes ?? 0),
                snapshots.Sum(s => s.Memory?.LimitBytes ?? 0)));
    }

    private static LayerSnapshot SumOf(IGrouping<string, LayerSnapshot> group) => new(
        group.Key, group.Sum(l => l.Memory), group.Sum(l => l.Redis), group.Sum(l => l.Miss), group.Sum(l => l.Stale),
        group.Sum(l => l.Computations), group.Sum(l => l.ComputationErrors), group.Sum(l => l.ComputationSeconds), group.Sum(l => l.Queries),
        group.Sum(l => l.TimedHits), group.Sum(l => l.TimedHitSeconds));

    private static ListenerSnapshot SumOf(List<ListenerSnapshot> listeners)
    {
        var counts = new long[listeners.Max(listener => listener.LagCounts.Length)];
        foreach (var listener in listeners)
        {
            for (var place = 0; place < listener.LagCounts.Length; place++)
            {
                counts[place] += listener.LagCounts[place];
            }
        }

        return new ListenerSnapshot(
            listeners.TrueForAll(f => f.Verified), listeners.Sum(f => f.Heard), listeners.Max(f => f.LastLagSeconds), listeners.Max(f => f.MaxLagSeconds),
            [.. counts], listeners.Sum(f => f.Polled), listeners.Sum(f => f.Polls), listeners.Sum(f => f.PollFailures), listeners.Max(f => f.ConfirmedAgeSeconds));
    }

    private static RedisSnapshot SumOf(List<RedisSnapshot> redis) => new(
        redis.Exists(r => r.BreakerOpen),
        [
            .. redis.SelectMany(r => r.Operations).GroupBy(operation => (operation.Operation, operation.Result))
                .Select(group => new RedisCount(group.Key.Operation, group.Key.Result, group.Sum(o => o.Count), group.Sum(o => o.Seconds))),
        ],
        redis.Sum(r => r.BytesRead),
        redis.Sum(r => r.BytesWritten));
}
