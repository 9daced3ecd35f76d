using System.Diagnostics.Metrics;
using Connect.Core.Caching;

namespace Connect.Core.Diagnostics;

/// <content>
/// Totals that are read when they are asked for. Counting tells nobody anything, and every series that can be foreseen is
/// there from the start, at zero.
/// </content>
internal sealed partial class CacheMetrics
{
    private static readonly CacheOutcome[] Outcomes = Enum.GetValues<CacheOutcome>();
    private static readonly RedisResult[] Failures = [.. Enum.GetValues<RedisResult>().Where(result => !result.IsAnswer())];

    private void ObserveTotals()
    {
        Count(ConnectTelemetry.Cache.Requests, ObserveRequests, "{request}", "Reads by layer and outcome.");
        Count(
            ConnectTelemetry.Cache.ComputeQueries, ObserveQueries, "{query}", "Database queries that computations made, by layer.");
        Count(
            ConnectTelemetry.Cache.Evictions,
            () => Statistics.Evictions.Observe(ConnectTelemetry.Dimensions.Tag, ConnectTelemetry.Dimensions.Reason),
            "{eviction}", "Evictions committed by this process.");
        Count(
            ConnectTelemetry.Cache.FeedSwept, () => [new(Statistics.SweptNumbers)], "{number}",
            "Numbers that a sweep told before the feed did.");
        Count(ConnectTelemetry.Cache.FeedSweepFailures, () => [new(Statistics.SweepFailures)], "{sweep}", "Sweeps that failed.");
        Count(
            ConnectTelemetry.Cache.RedisFailures, ObserveRedisFailures, "{operation}", "Redis operations that failed, by kind.");
        Count(ConnectTelemetry.Cache.RedisIo, ObserveRedisIo, "By", "Payload bytes read from and written to Redis.");
        Count(
            ConnectTelemetry.Cache.PayloadsRefused, () => Statistics.Refused.Observe(ConnectTelemetry.Dimensions.Type), "{payload}",
            "Values too large for Redis.");
        Count(
            ConnectTelemetry.Cache.PayloadsUndeserializable, () => Statistics.Undeserializable.Observe(ConnectTelemetry.Dimensions.Type),
            "{payload}", "Payloads that could not be read.");
    }

    private void Count(string name, Func<IEnumerable<Measurement<long>>> observe, string unit, string description) =>
        _meter.CreateObservableCounter(name, observe, unit, description);

    private IEnumerable<Measurement<long>> ObserveRequests() =>
        from layer in CacheLayers.All
        from outcome in Outcomes
        select new Measurement<long>(
            Statistics.Of(layer).Requests(outcome), new(ConnectTelemetry.Dimensions.Layer, layer.Name),
            new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Outcome, outcome.ToName()));

    private IEnumerable<Measurement<long>> ObserveQueries() =>
        CacheLayers.All.Select(layer => new Measurement<long>(
            Statistics.Of(layer).Queries, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Layer, layer.Name)));

    private IEnumerable<Measurement<long>> ObserveRedisFailures() =>
        Failures.Select(failure => new Measurement<long>(
            Statistics.Redis.CountOf(failure), new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Kind, failure.ToName())));

    private IEnumerable<Measurement<long>> ObserveRedisIo() =>
    [
        new(Statistics.Redis.BytesRead, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Direction, "read")),
        new(Statistics.Redis.BytesWritten, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Direction, "write")),
    ];
}
