using System.Diagnostics.Metrics;
using Connect.Core.Caching;

namespace Connect.Core.Diagnostics;

/// <summary>
/// The cache's numbers, on meter <c>Connect.Cache</c> and in <see cref="CacheStatistics"/>. Dimensions are few and
/// bounded: layer, outcome, tag family, reason; never a key, an id or an address.
/// </summary>
internal sealed partial class CacheMetrics
{
    // Computing is reading a profile, or reading and ranking all calls.
    private static readonly InstrumentAdvice<double> ComputeAdvice = InstrumentsRegistration.Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);

    // From a network's round trip to the time-out.
    private static readonly InstrumentAdvice<double> RedisAdvice = InstrumentsRegistration.Buckets(
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5);

    // From a notification's way to the grace period.
    private static readonly InstrumentAdvice<double> LagAdvice = InstrumentsRegistration.Buckets(
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5);

    // From a tenth of a microsecond: what memory holds is there at once.
    private static readonly InstrumentAdvice<double> HitAdvice = InstrumentsRegistration.Buckets(
        1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 1e-4, 1e-3);

    private readonly Meter _meter;
    private readonly Histogram<double> _hits;
    private readonly Histogram<double> _computing;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _redisDuration;

    public CacheMetrics(IMeterFactory meters)
    {
        // The factory owns the meter and disposes of it with the host: what is observed here does not outlive it.
        _meter = meters.Create(ConnectTelemetry.CacheMeter);
        _hits = _meter.CreateHistogram(
            ConnectTelemetry.Cache.HitDuration, "s", "Time that answers from memory took, of one in 64.", advice: HitAdvice);
        _computing = _meter.CreateHistogram(
            ConnectTelemetry.Cache.ComputeDuration, "s", "Time that factories took.", advice: ComputeAdvice);
        _lag = _meter.CreateHistogram(ConnectTelemetry.Cache.FeedLag, "s", "Time from a bump to its arrival here.", advice: LagAdvice);
        _redisDuration = _meter.CreateHistogram(
            ConnectTelemetry.Cache.RedisOperationDuration, "s", "Time that Redis took, by operation and result.", advice: RedisAdvice);
        ObserveTotals();
    }

    /// <summary>Reports what this process holds in memory.</summary>
    public void Observe(MemoryTier memory)
    {
        _meter.CreateObservableGauge(ConnectTelemetry.Cache.MemoryEntries, () => memory.Entries, "{entry}", "Values in memory.");
        _meter.CreateObservableGauge(ConnectTelemetry.Cache.MemorySize, () => memory.Bytes, "By", "Their serialized size.");
        _meter.CreateObservableGauge(ConnectTelemetry.Cache.MemoryLimit, () => memory.LimitBytes, "By", "The most that it may be.");
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
        _hits.Record(seconds, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Layer, layer.Name));
    }

    /// <summary>Counts a computation.</summary>
    /// <param name="layer">Of what.</param>
    /// <param name="elapsed">The time that it took.</param>
    /// <param name="queries">The database queries that it made.</param>
    /// <param name="error">What it failed with; null where it did not.</param>
    public void Computed(CacheLayer layer, TimeSpan elapsed, int queries, Exception? error)
    {
        Statistics.Of(layer).Computed(elapsed, queries, error is not null);
        var name = new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Layer, layer.Name);
        if (error is null)
        {
            _computing.Record(elapsed.TotalSeconds, name);
        }
        else
        {
            _computing.Record(elapsed.TotalSeconds, name, new(ConnectTelemetry.Dimensions.ErrorType, error.GetType().FullName));
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

    public void Swept() => Statistics.Swept();

    public void SweepSucceeded() => Statistics.SweepSucceeded();

    public void SweepFailed() => Statistics.SweepFailed();

    /// <summary>Counts what was asked of Redis, failures apart from misses.</summary>
    public void Redis(RedisOperation operation, RedisResult result, TimeSpan elapsed, long bytes)
    {
        Statistics.Redis.Add(operation, result, elapsed, bytes);
        if (result != RedisResult.Open)
        {
            _redisDuration.Record(
                elapsed.TotalSeconds, new(ConnectTelemetry.Dimensions.Operation, operation.ToName()),
                new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Result, result.ToName()));
        }
    }

    public void Refused(string type) => Statistics.Refused.Add(type);

    public void Undeserializable(string type) => Statistics.Undeserializable.Add(type);

    /// <summary>Reports whether the numbers of a feed are verified.</summary>
    public void Observe(GenerationFeed feed) =>
        _meter.CreateObservableGauge(ConnectTelemetry.Cache.FeedVerified, () => feed.TryGetVerified(out _) ? 1 : 0, "{state}", "1 while verified.");

    /// <summary>Reports whether a breaker is open.</summary>
    public void Observe(RedisBreaker breaker) =>
        _meter.CreateObservableGauge(ConnectTelemetry.Cache.RedisBreaker, () => breaker.IsOpen ? 1 : 0, "{state}", "1 while open.");
}
