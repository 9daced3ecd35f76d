using System.Diagnostics.Metrics;

namespace Connect.Caching.Diagnostics;

/// <content>
/// Totals that are read on export, so that counting costs one increment. Known series are exported from the start, at
/// zero.
/// </content>
internal sealed partial class CacheMetrics
{
    private static readonly CacheOutcome[] Outcomes = Enum.GetValues<CacheOutcome>();
    private static readonly RedisResult[] Failures = [.. Enum.GetValues<RedisResult>().Where(result => !result.IsAnswer())];

    private void ObserveTotals()
    {
        Count(CacheTelemetry.Instruments.Requests, ObserveRequests, "{request}", "Reads by layer and outcome.");
        Count(
            CacheTelemetry.Instruments.ComputeQueries, ObserveQueries, "{query}", "Database queries that computations made, by layer.");
        Count(
            CacheTelemetry.Instruments.Evictions,
            () => Statistics.Evictions.Observe(CacheTelemetry.Dimensions.Tag, CacheTelemetry.Dimensions.Reason),
            "{eviction}", "Evictions committed by this process.");
        Count(
            CacheTelemetry.Instruments.Polled, () => [new(Statistics.PolledGenerations)], "{generation}",
            "Generations that a poll told before the listener did.");
        Count(CacheTelemetry.Instruments.PollFailures, () => [new(Statistics.PollFailures)], "{poll}", "Polls that failed.");
        Count(
            CacheTelemetry.Instruments.RedisFailures, ObserveRedisFailures, "{operation}", "Redis operations that failed, by kind.");
        Count(CacheTelemetry.Instruments.RedisIo, ObserveRedisIo, "By", "Payload bytes read from and written to Redis.");
        Count(
            CacheTelemetry.Instruments.PayloadsRefused, () => Statistics.Refused.Observe(CacheTelemetry.Dimensions.Type), "{payload}",
            "Values too large for Redis.");
        Count(
            CacheTelemetry.Instruments.PayloadsUndeserializable, () => Statistics.Undeserializable.Observe(CacheTelemetry.Dimensions.Type),
            "{payload}", "Payloads that could not be read.");
    }

    private void Count(string name, Func<IEnumerable<Measurement<long>>> observe, string unit, string description) =>
        _meter.CreateObservableCounter(name, observe, unit, description);

    private IEnumerable<Measurement<long>> ObserveRequests() =>
        from layer in _layers.All
        from outcome in Outcomes
        select new Measurement<long>(
            Statistics.Of(layer).Requests(outcome), new(CacheTelemetry.Dimensions.Layer, layer.Name),
            new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Outcome, outcome.ToName()));

    private IEnumerable<Measurement<long>> ObserveQueries() =>
        _layers.All.Select(layer => new Measurement<long>(
            Statistics.Of(layer).Queries, new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Layer, layer.Name)));

    private IEnumerable<Measurement<long>> ObserveRedisFailures() =>
        Failures.Select(failure => new Measurement<long>(
            Statistics.Redis.CountOf(failure), new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Kind, failure.ToName())));

    private IEnumerable<Measurement<long>> ObserveRedisIo() =>
    [
        new(Statistics.Redis.BytesRead, new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Direction, "read")),
        new(Statistics.Redis.BytesWritten, new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Direction, "write")),
    ];
}
