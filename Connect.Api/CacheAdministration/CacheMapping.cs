using Connect.Caching.Diagnostics;
using Connect.Data.Instances;
using Connect.Data.Model;
using Connect.Domain.Programs;

namespace Connect.Api.CacheAdministration;

/// <summary>Maps instances' counters to contracts.</summary>
internal static class CacheMapping
{
    public static CacheReport ToReport(this LiveInstances live) => new(
        live.IsComplete,
        ToTotals(CacheSnapshot.SumOf([.. live.Instances.Select(instance => instance.Totals)])),
        [
            .. live.Instances.Select(instance => new CacheInstanceItem(
                instance.Id, instance.Name, instance.Role, instance.StartedAt, instance.SeenAt, instance.IsSelf, ToTotals(instance.Totals))),
        ]);

    public static WarmingItem ToItem(this CacheWarming warming) => new(
        warming.Id, warming.Trigger, warming.Status, warming.Requests, warming.AsOf?.ToOffset(SeoulTime.Offset), warming.RequestedAt,
        warming.StartedAt, warming.CompletedAt, (warming.CompletedAt - warming.StartedAt)?.TotalSeconds, warming.Organizations,
        warming.Warmed, warming.Skipped, warming.Failed, warming.Queries, warming.Error);

    private static CacheTotals ToTotals(CacheSnapshot snapshot) => new(
        [.. snapshot.Layers.Select(ToLayer)],
        [.. snapshot.Evictions.Select(eviction => new CacheEvictionItem(eviction.Tag, eviction.Reason, eviction.Count))],
        snapshot.Listener is { } listener ? ToListener(listener) : null,
        snapshot.Redis is { } redis ? ToRedis(redis) : null,
        new CachePayloadsItem(snapshot.PayloadsRefused, snapshot.PayloadsUndeserializable),
        snapshot.Memory is { } memory ? new CacheMemoryItem(memory.Entries, memory.Bytes) : null);

    private static CacheLayerItem ToLayer(LayerSnapshot layer)
    {
        var all = layer.Memory + layer.Redis + layer.Miss + layer.Stale;
        return new CacheLayerItem(
            layer.Name,
            new CacheRequestsItem(layer.Memory, layer.Redis, layer.Miss, layer.Stale),
            all == 0 ? null : (double)(layer.Memory + layer.Redis) / all,
            layer.Computations,
            layer.ComputationErrors,
            layer.ComputationSeconds);
    }

    private static CacheListenerItem ToListener(ListenerSnapshot listener) => new(
        listener.Verified, listener.ConfirmedAgeSeconds, listener.Heard, listener.LagOf(0.5), listener.LagOf(0.99),
        listener.MaxLagSeconds, listener.Polled, listener.Polls, listener.PollFailures);

    private static CacheRedisItem ToRedis(RedisSnapshot redis)
    {
        return new CacheRedisItem(
            redis.BreakerOpen, Count("error"), Count("timeout"), Count("open"), redis.BytesRead, redis.BytesWritten,
            [.. redis.Operations.Select(o => new CacheOperationItem(o.Operation, o.Result, o.Count, o.Seconds))]);

        long Count(string result) => redis.Operations.Where(operation => operation.Result == result).Sum(operation => operation.Count);
    }
}
