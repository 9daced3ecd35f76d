using System.Collections.Immutable;

namespace Connect.Caching.Diagnostics;

/// <summary>
/// One instance's totals since it started. Applications may store it as JSON for instances of another release: members
/// are only added, and each may be missing: an array is empty then.
/// </summary>
/// <param name="Layers">In the order of reports.</param>
/// <param name="Evictions">Evictions that this instance committed.</param>
/// <param name="Listener">Notifications, polls and the lease.</param>
/// <param name="Redis">Operations on Redis.</param>
/// <param name="PayloadsRefused">Values too large for Redis.</param>
/// <param name="PayloadsUndeserializable">Payloads in Redis that could not be read.</param>
/// <param name="Memory">Content of its memory; null where it is not known.</param>
public sealed partial record CacheSnapshot(
    ImmutableArray<LayerSnapshot> Layers,
    ImmutableArray<EvictionCount> Evictions,
    ListenerSnapshot? Listener,
    RedisSnapshot? Redis,
    long PayloadsRefused,
    long PayloadsUndeserializable,
    MemorySnapshot? Memory)
{
    /// <summary>In the order of reports.</summary>
    public ImmutableArray<LayerSnapshot> Layers { get; init; } = Layers.IsDefault ? [] : Layers;

    /// <summary>Evictions that this instance committed.</summary>
    public ImmutableArray<EvictionCount> Evictions { get; init; } = Evictions.IsDefault ? [] : Evictions;
}

/// <summary>One layer's totals.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Memory">Answers from the instance's memory.</param>
/// <param name="Redis">Answers from Redis.</param>
/// <param name="Miss">Answers that were computed, by the caller or by one that it joined.</param>
/// <param name="Stale">Last good answers while Postgres could not be asked.</param>
/// <param name="Computations">Computations; fewer than misses where callers joined one.</param>
/// <param name="ComputationErrors">Those that failed.</param>
/// <param name="ComputationSeconds">Total duration of the computations, in seconds.</param>
/// <param name="Queries">Database queries of the computations, those of other layers' computations within them included.</param>
/// <param name="TimedHits">Answers from memory whose duration was measured: a sample.</param>
/// <param name="TimedHitSeconds">Total duration of the measured answers, in seconds.</param>
public sealed record LayerSnapshot(
    string Name, long Memory, long Redis, long Miss, long Stale, long Computations, long ComputationErrors, double ComputationSeconds,
    long Queries = 0, long TimedHits = 0, double TimedHitSeconds = 0);

/// <summary>Evictions of one kind.</summary>
/// <param name="Tag">The tag's family: <c>org</c> for <c>org:…</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record EvictionCount(string Tag, string Reason, long Count);

/// <summary>Notifications, polls and the lease of an instance.</summary>
/// <param name="Verified">Whether Postgres confirmed its generations within the lease.</param>
/// <param name="Heard">Notifications heard.</param>
/// <param name="LastLagSeconds">Time from the latest bump, by the server's clock, to its arrival, by the instance's.</param>
/// <param name="MaxLagSeconds">The longest such time.</param>
/// <param name="LagCounts">All such times, by bucket; <see cref="LagOf"/> reads them.</param>
/// <param name="Polled">Generations that a poll found before the listener heard them.</param>
/// <param name="Polls">Polls that succeeded.</param>
/// <param name="PollFailures">Polls that failed.</param>
/// <param name="ConfirmedAgeSeconds">Time since the last successful poll was sent; null before the first.</param>
public sealed record ListenerSnapshot(
    bool Verified, long Heard, double LastLagSeconds, double MaxLagSeconds, ImmutableArray<long> LagCounts, long Polled, long Polls,
    long PollFailures, double? ConfirmedAgeSeconds)
{
    /// <summary>All lags, by bucket; <see cref="LagOf"/> reads them.</summary>
    public ImmutableArray<long> LagCounts { get; init; } = LagCounts.IsDefault ? [] : LagCounts;

    /// <summary>A percentile of the notifications' lag, in seconds; null if none was heard.</summary>
    /// <param name="share">0.5 for the median.</param>
    public double? LagOf(double share) => LagBuckets.PercentileOf(LagCounts, share);
}

/// <summary>An instance's operations on Redis.</summary>
/// <param name="BreakerOpen">Whether the breaker stops operations because Redis did not answer.</param>
/// <param name="Operations">By kind and result; only those that occurred.</param>
/// <param name="BytesRead">Payloads read, in bytes.</param>
/// <param name="BytesWritten">Payloads written, in bytes.</param>
public sealed record RedisSnapshot(bool BreakerOpen, ImmutableArray<RedisCount> Operations, long BytesRead, long BytesWritten)
{
    /// <summary>By kind and result; only those that occurred.</summary>
    public ImmutableArray<RedisCount> Operations { get; init; } = Operations.IsDefault ? [] : Operations;
}

/// <summary>Redis operations of one kind and result.</summary>
/// <param name="Operation"><c>read</c>, <c>write</c>, <c>remove</c> or <c>probe</c>.</param>
/// <param name="Result"><c>hit</c>, <c>miss</c>, <c>ok</c>, <c>error</c>, <c>timeout</c> or <c>open</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Seconds">Their total duration, in seconds.</param>
public sealed record RedisCount(string Operation, string Result, long Count, double Seconds);

/// <summary>Content of an instance's memory.</summary>
/// <param name="Entries">Entries of all layers.</param>
/// <param name="Bytes">Their serialized size, in bytes.</param>
/// <param name="LimitBytes">Limit of their size; 0 if another release did not store it.</param>
public sealed record MemorySnapshot(long Entries, long Bytes, long LimitBytes = 0);
