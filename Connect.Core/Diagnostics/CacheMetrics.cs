using System.Diagnostics.Metrics;
using Connect.Core.Caching;

namespace Connect.Core.Diagnostics;

/// <summary>
/// The cache's numbers, on meter <c>Connect.Cache</c>. Dimensions are few and bounded: layer, outcome, tag
/// family, reason; never a key, an id or an address.
/// </summary>
internal sealed class CacheMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _computing;
    private readonly Counter<long> _evictions;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _sweepFailures;
    private readonly Counter<long> _redisFailures;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _undeserializable;

    public CacheMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ConnectTelemetry.CacheMeter);
        _requests = _meter.CreateCounter<long>("connect.cache.requests", "{request}", "Reads by layer and outcome.");
        _computing = _meter.CreateHistogram<double>("connect.cache.compute.duration", "s", "Time that factories took.");
        _evictions = _meter.CreateCounter<long>("connect.cache.evictions", "{eviction}", "Evictions committed by this process.");
        _lag = _meter.CreateHistogram<double>("connect.cache.feed.lag", "s", "Time from a bump to its arrival here.");
        _swept = _meter.CreateCounter<long>("connect.cache.feed.swept", "{number}", "Numbers that a sweep told before the feed did.");
        _sweepFailures = _meter.CreateCounter<long>("connect.cache.feed.sweep_failures", "{sweep}", "Sweeps that failed.");
        _redisFailures = _meter.CreateCounter<long>("connect.cache.redis.failures", "{operation}", "Redis operations that failed, by kind.");
        _refused = _meter.CreateCounter<long>("connect.cache.payloads.refused", "{payload}", "Values too large for Redis.");
        _undeserializable = _meter.CreateCounter<long>("connect.cache.payloads.undeserializable", "{payload}", "Payloads that could not be read.");
    }

    public void Read(CacheLayer layer, CacheOutcome outcome) =>
        _requests.Add(1, new("layer", layer.Name), new KeyValuePair<string, object?>("outcome", outcome.ToName()));

    public void Computed(CacheLayer layer, TimeSpan elapsed) =>
        _computing.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("layer", layer.Name));

    public void Evicted(string tag, string reason) =>
        _evictions.Add(1, new("tag", CacheTags.FamilyOf(tag)), new KeyValuePair<string, object?>("reason", reason));

    public void Heard(TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds));

    public void Swept() => _swept.Add(1);

    public void SweepFailed() => _sweepFailures.Add(1);

    /// <param name="kind"><c>error</c>, <c>timeout</c> or <c>open</c> (the breaker let nothing through).</param>
    public void RedisFailed(string kind) => _redisFailures.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Refused(string type) => _refused.Add(1, new KeyValuePair<string, object?>("type", type));

    public void Undeserializable(string type) => _undeserializable.Add(1, new KeyValuePair<string, object?>("type", type));

    /// <summary>Reports whether the numbers of a feed are verified.</summary>
    public void Observe(GenerationFeed feed) =>
        _meter.CreateObservableGauge("connect.cache.feed.verified", () => feed.TryGetVerified(out _) ? 1 : 0, "{state}", "1 while verified.");

    /// <summary>Reports whether a breaker is open.</summary>
    public void Observe(RedisBreaker breaker) =>
        _meter.CreateObservableGauge("connect.cache.redis.breaker", () => breaker.IsOpen ? 1 : 0, "{state}", "1 while open.");
}
