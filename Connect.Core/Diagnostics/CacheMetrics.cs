using System.Diagnostics.Metrics;
using Connect.Core.Caching;

namespace Connect.Core.Diagnostics;

/// <summary>
/// The cache's numbers, on meter <c>Connect.Cache</c> and in <see cref="CacheStatistics"/>. Dimensions are few and
/// bounded: layer, outcome, tag family, reason; never a key, an id or an address.
/// </summary>
internal sealed class CacheMetrics
{
    private static readonly CacheOutcome[] Outcomes = Enum.GetValues<CacheOutcome>();

    // From a tenth of a microsecond: what memory holds is there at once.
    private static readonly InstrumentAdvice<double> HitAdvice = new()
    {
        HistogramBucketBoundaries = [1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 1e-4, 1e-3],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _hits;
    private readonly Histogram<double> _computing;
    private readonly Counter<long> _evictions;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _sweepFailures;
    private readonly Counter<long> _redisFailures;
    private readonly Histogram<double> _redisDuration;
    private readonly Counter<long> _redisBytes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _undeserializable;

    public CacheMetrics(IMeterFactory meters)
    {
        // The factory owns the meter and disposes of it with the host: what is observed here does not outlive it.
        _meter = meters.Create(ConnectTelemetry.CacheMeter);
        _meter.CreateObservableCounter("connect.cache.requests", ObserveRequests, "{request}", "Reads by layer and outcome.");
        _hits = _meter.CreateHistogram("connect.cache.hit.duration", "s", "Time that answers from memory took, of one in 64.", advice: HitAdvice);
        _computing = _meter.CreateHistogram<double>("connect.cache.compute.duration", "s", "Time that factories took.");
        _evictions = _meter.CreateCounter<long>("connect.cache.evictions", "{eviction}", "Evictions committed by this process.");
        _lag = _meter.CreateHistogram<double>("connect.cache.feed.lag", "s", "Time from a bump to its arrival here.");
        _swept = _meter.CreateCounter<long>("connect.cache.feed.swept", "{number}", "Numbers that a sweep told before the feed did.");
        _sweepFailures = _meter.CreateCounter<long>("connect.cache.feed.sweep_failures", "{sweep}", "Sweeps that failed.");
        _redisFailures = _meter.CreateCounter<long>("connect.cache.redis.failures", "{operation}", "Redis operations that failed, by kind.");
        _redisDuration = _meter.CreateHistogram<double>("connect.cache.redis.operation.duration", "s", "Time that Redis took, by operation and result.");
        _redisBytes = _meter.CreateCounter<long>("connect.cache.redis.io", "By", "Payload bytes read from and written to Redis.");
        _refused = _meter.CreateCounter<long>("connect.cache.payloads.refused", "{payload}", "Values too large for Redis.");
        _undeserializable = _meter.CreateCounter<long>("connect.cache.payloads.undeserializable", "{payload}", "Payloads that could not be read.");
    }

    /// <summary>Reports what this process holds in memory.</summary>
    public void Observe(MemoryTier memory)
    {
        _meter.CreateObservableGauge("connect.cache.memory.entries", () => memory.Entries, "{entry}", "Values in memory.");
        _meter.CreateObservableGauge("connect.cache.memory.size", () => memory.Bytes, "By", "Their serialized size.");
        _meter.CreateObservableGauge("connect.cache.memory.limit", () => memory.LimitBytes, "By", "The most that it may be.");
    }

    /// <summary>The same numbers as totals.</summary>
    public CacheStatistics Statistics { get; } = new();

    /// <summary>
    /// Counts one answer; says whether its time is wanted, for <see cref="Hit"/>. On the path of every hit: one increment,
    /// no allocation, nothing told to anybody.
    /// </summary>
    public bool Read(CacheLayer layer, CacheOutcome outcome) => Statistics.Of(layer).Read(outcome);

    /// <summary>Takes down how long an answer from memory took.</summary>
    public void Hit(CacheLayer layer, double seconds)
    {
        Statistics.Of(layer).Hit(seconds);
        _hits.Record(seconds, new KeyValuePair<string, object?>("layer", layer.Name));
    }

    /// <summary>Counts a computation.</summary>
    /// <param name="layer">Of what.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <param name="queries">The database queries that it made.</param>
    /// <param name="error">What it failed with; null where it did not.</param>
    public void Computed(CacheLayer layer, TimeSpan elapsed, int queries, Exception? error)
    {
        Statistics.Of(layer).Computed(elapsed, queries, error is not null);
        var name = new KeyValuePair<string, object?>("layer", layer.Name);
        if (error is null)
        {
            _computing.Record(elapsed.TotalSeconds, name);
        }
        else
        {
            _computing.Record(elapsed.TotalSeconds, name, new("error.type", error.GetType().Name));
        }
    }

    public void Evicted(string tag, string reason)
    {
        var (family, counted) = Statistics.Evictions.Add(CacheTags.FamilyOf(tag), reason);
        _evictions.Add(1, new("tag", family), new KeyValuePair<string, object?>("reason", counted));
    }

    public void Heard(TimeSpan lag)
    {
        // Two clocks are compared: the server's may be ahead.
        var seconds = Math.Max(0, lag.TotalSeconds);
        Statistics.Heard(seconds);
        _lag.Record(seconds);
    }

    public void Swept()
    {
        Statistics.Swept();
        _swept.Add(1);
    }

    public void SweepSucceeded() => Statistics.SweepSucceeded();

    public void SweepFailed()
    {
        Statistics.SweepFailed();
        _sweepFailures.Add(1);
    }

    /// <summary>Counts what was asked of Redis, failures apart from misses.</summary>
    public void Redis(RedisOperation operation, RedisResult result, TimeSpan elapsed, long bytes)
    {
        Statistics.Redis.Add(operation, result, elapsed, bytes);
        if (!result.IsAnswer())
        {
            _redisFailures.Add(1, new KeyValuePair<string, object?>("kind", result.ToName()));
        }

        if (result != RedisResult.Open)
        {
            _redisDuration.Record(elapsed.TotalSeconds, new("operation", operation.ToName()), new KeyValuePair<string, object?>("result", result.ToName()));
        }

        if (bytes > 0)
        {
            _redisBytes.Add(bytes, new KeyValuePair<string, object?>("direction", operation == RedisOperation.Write ? "write" : "read"));
        }
    }

    public void Refused(string type)
    {
        Statistics.Refused();
        _refused.Add(1, new KeyValuePair<string, object?>("type", type));
    }

    public void Undeserializable(string type)
    {
        Statistics.Undeserializable();
        _undeserializable.Add(1, new KeyValuePair<string, object?>("type", type));
    }

    /// <summary>Reports whether the numbers of a feed are verified.</summary>
    public void Observe(GenerationFeed feed) =>
        _meter.CreateObservableGauge("connect.cache.feed.verified", () => feed.TryGetVerified(out _) ? 1 : 0, "{state}", "1 while verified.");

    /// <summary>Reports whether a breaker is open.</summary>
    public void Observe(RedisBreaker breaker) =>
        _meter.CreateObservableGauge("connect.cache.redis.breaker", () => breaker.IsOpen ? 1 : 0, "{state}", "1 while open.");

    // Layers that nobody reads, and outcomes that never came, are not worth a series.
    private IEnumerable<Measurement<long>> ObserveRequests()
    {
        foreach (var layer in CacheLayers.All)
        {
            var statistics = Statistics.Of(layer);
            foreach (var outcome in Outcomes)
            {
                if (statistics.Requests(outcome) is > 0 and var count)
                {
                    yield return new(count, new("layer", layer.Name), new KeyValuePair<string, object?>("outcome", outcome.ToName()));
                }
            }
        }
    }
}
