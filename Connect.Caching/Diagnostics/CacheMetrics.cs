using System.Diagnostics.Metrics;
using Connect.Caching.Layers;

namespace Connect.Caching.Diagnostics;

/// <summary>
/// The cache's figures, on meter <c>Connect.Cache</c> and in <see cref="CacheStatistics"/>. Dimensions are few and
/// bounded: layer, outcome, tag family, reason; never a key, an id or an address.
/// </summary>
internal sealed partial class CacheMetrics
{
    // Computing is reading a profile, or reading and ranking all calls.
    private static readonly InstrumentAdvice<double> ComputeAdvice = Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);

    // From a network's round trip to the time-out.
    private static readonly InstrumentAdvice<double> RedisAdvice = Buckets(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5);

    // From a notification's way to the lease.
    private static readonly InstrumentAdvice<double> LagAdvice = Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5);

    // From a tenth of a microsecond: what memory holds is there at once.
    private static readonly InstrumentAdvice<double> HitAdvice = Buckets(
        1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 1e-4, 1e-3);

    private readonly CacheLayerRegistry _layers;
    private readonly Meter _meter;
    private readonly Histogram<double> _hits;
    private readonly Histogram<double> _computing;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _redisDuration;

    public CacheMetrics(IMeterFactory meters, CacheLayerRegistry layers, CacheEvictionKinds evictions)
    {
        _layers = layers;
        Statistics = new CacheStatistics(layers, evictions);
        // The factory owns the meter and disposes of it with the host: what is observed here does not outlive it.
        _meter = meters.Create(CacheTelemetry.MeterName);
        _hits = _meter.CreateHistogram(
            CacheTelemetry.Instruments.HitDuration, "s", "Time that answers from memory took, of one in 64.", advice: HitAdvice);
        _computing = _meter.CreateHistogram(
            CacheTelemetry.Instruments.ComputeDuration, "s", "Time that factories took.", advice: ComputeAdvice);
        _lag = _meter.CreateHistogram(CacheTelemetry.Instruments.FeedLag, "s", "Time from a bump to its arrival here.", advice: LagAdvice);
        _redisDuration = _meter.CreateHistogram(
            CacheTelemetry.Instruments.RedisOperationDuration, "s", "Time that Redis took, by operation and result.", advice: RedisAdvice);
        ObserveTotals();
    }

    /// <summary>The same figures as totals.</summary>
    public CacheStatistics Statistics { get; }

    /// <summary>
    /// Counts one answer; says whether its time is wanted, for <see cref="Hit"/>. On the path of every hit: one increment,
    /// no allocation, nothing told to anybody.
    /// </summary>
    public bool Read(CacheLayer layer, CacheOutcome outcome) => Statistics.Of(layer).Read(outcome);

    /// <summary>Takes down how long an answer from memory took.</summary>
    public void Hit(CacheLayer layer, double seconds)
    {
        Statistics.Of(layer).Hit(seconds);
        _hits.Record(seconds, new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Layer, layer.Name));
    }

    /// <summary>Counts a computation.</summary>
    /// <param name="layer">Of what.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <param name="queries">The database queries that it made.</param>
    /// <param name="error">What it failed with; null where it did not.</param>
    public void Computed(CacheLayer layer, TimeSpan elapsed, int queries, Exception? error)
    {
        Statistics.Of(layer).Computed(elapsed, queries, error is not null);
        var name = new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Layer, layer.Name);
        if (error is null)
        {
            _computing.Record(elapsed.TotalSeconds, name);
        }
        else
        {
            _computing.Record(elapsed.TotalSeconds, name, new(CacheTelemetry.Dimensions.ErrorType, error.GetType().FullName));
        }
    }

    public void Evicted(string tag, string reason) => Statistics.Evictions.Add(CacheTags.FamilyOf(tag), reason);

    public void Heard(TimeSpan lag)
    {
        // Two clocks are compared: the server's may be ahead.
        var seconds = Math.Max(0, lag.TotalSeconds);
        Statistics.Heard(seconds);
        _lag.Record(seconds);
    }

    public void Polled() => Statistics.Polled();

    public void PollSucceeded() => Statistics.PollSucceeded();

    public void PollFailed() => Statistics.PollFailed();

    /// <summary>Counts what was asked of Redis, failures apart from misses.</summary>
    public void Redis(RedisOperation operation, RedisResult result, TimeSpan elapsed, long bytes)
    {
        Statistics.Redis.Add(operation, result, elapsed, bytes);
        if (result != RedisResult.Open)
        {
            _redisDuration.Record(
                elapsed.TotalSeconds, new(CacheTelemetry.Dimensions.Operation, operation.ToName()),
                new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Result, result.ToName()));
        }
    }

    public void Refused(string type) => Statistics.Refused.Add(type);

    public void Undeserializable(string type) => Statistics.Undeserializable.Add(type);

    /// <summary>Reports what this process holds in memory.</summary>
    public void ObserveMemory(Func<MemorySnapshot> memory)
    {
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.MemoryEntries, () => memory().Entries, "{entry}", "Values in memory.");
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.MemorySize, () => memory().Bytes, "By", "Their serialized size.");
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.MemoryLimit, () => memory().LimitBytes, "By", "The most that it may be.");
    }

    /// <summary>Reports whether this process's generations are verified.</summary>
    public void ObserveVerified(Func<bool> isVerified) =>
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.FeedVerified, () => isVerified() ? 1 : 0, "{state}", "1 while verified.");

    /// <summary>Reports whether Redis is left alone.</summary>
    public void ObserveBreaker(Func<bool> isOpen) =>
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.RedisBreaker, () => isOpen() ? 1 : 0, "{state}", "1 while open.");

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
