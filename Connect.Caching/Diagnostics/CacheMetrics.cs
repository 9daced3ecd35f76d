using System.Diagnostics.Metrics;

namespace Connect.Caching.Diagnostics;

/// <summary>
/// The cache's instruments, on meter <c>Connect.Cache</c> and in <see cref="CacheStatistics"/>. Dimensions are layer,
/// outcome, tag family and reason; never a key, an id or an address.
/// </summary>
internal sealed partial class CacheMetrics
{
    // In seconds: a computation is one small query, or reading and processing many rows.
    private static readonly InstrumentAdvice<double> ComputeAdvice = Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);

    // In seconds: from a round trip to the time-out.
    private static readonly InstrumentAdvice<double> RedisAdvice = Buckets(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5);

    // In seconds: from a notification's travel time to the lease.
    private static readonly InstrumentAdvice<double> LagAdvice = Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5);

    // In seconds: a hit in memory starts at a tenth of a microsecond.
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
        // The factory owns the meter and disposes it with the host, so observed objects do not outlive the host.
        _meter = meters.Create(CacheTelemetry.MeterName);
        _hits = _meter.CreateHistogram(
            CacheTelemetry.Instruments.HitDuration, "s", "Time that answers from memory took, of one in 64.", advice: HitAdvice);
        _computing = _meter.CreateHistogram(
            CacheTelemetry.Instruments.ComputeDuration, "s", "Time that factories took.", advice: ComputeAdvice);
        _lag = _meter.CreateHistogram(CacheTelemetry.Instruments.ListenerLag, "s", "Time from a bump to its arrival here.", advice: LagAdvice);
        _redisDuration = _meter.CreateHistogram(
            CacheTelemetry.Instruments.RedisOperationDuration, "s", "Time that Redis took, by operation and result.", advice: RedisAdvice);
        ObserveTotals();
    }

    /// <summary>The same as totals.</summary>
    public CacheStatistics Statistics { get; }

    /// <summary>
    /// Counts one answer; returns whether its duration shall be given to <see cref="Hit"/>. On the path of every hit:
    /// one increment, no allocation, no listener.
    /// </summary>
    public bool Read(CacheLayer layer, CacheOutcome outcome) => Statistics.Of(layer).Read(outcome);

    /// <summary>Records the duration of an answer from memory.</summary>
    public void Hit(CacheLayer layer, double seconds)
    {
        Statistics.Of(layer).Hit(seconds);
        _hits.Record(seconds, new KeyValuePair<string, object?>(CacheTelemetry.Dimensions.Layer, layer.Name));
    }

    /// <summary>Counts a computation.</summary>
    /// <param name="layer">The value's layer.</param>
    /// <param name="elapsed">Its duration.</param>
    /// <param name="queries">Its database queries.</param>
    /// <param name="error">The exception that it failed with; null if it succeeded.</param>
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
        // The lag is between the server's clock and this one; the server's may be ahead.
        var seconds = Math.Max(0, lag.TotalSeconds);
        Statistics.Heard(seconds);
        _lag.Record(seconds);
    }

    /// <summary>Counts an operation on Redis; failures are counted apart from misses.</summary>
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

    /// <summary>Observes the content of this instance's memory.</summary>
    public void ObserveMemory(Func<MemorySnapshot> memory)
    {
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.MemoryEntries, () => memory().Entries, "{entry}", "Values in memory.");
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.MemorySize, () => memory().Bytes, "By", "Their serialized size.");
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.MemoryLimit, () => memory().LimitBytes, "By", "The most that it may be.");
    }

    /// <summary>Observes whether this instance's generations are verified.</summary>
    public void ObserveVerified(Func<bool> isVerified) =>
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.Verified, () => isVerified() ? 1 : 0, "{state}", "1 while verified.");

    /// <summary>Observes whether the breaker is open.</summary>
    public void ObserveBreaker(Func<bool> isOpen) =>
        _meter.CreateObservableGauge(CacheTelemetry.Instruments.RedisBreaker, () => isOpen() ? 1 : 0, "{state}", "1 while open.");

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
