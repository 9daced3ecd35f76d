using System.Collections.Immutable;

namespace Connect.Caching.Diagnostics;

/// <summary>
/// One process's totals since it started, at a moment. Applications may write it down as JSON, where processes of another
/// release read it: members are only added, and each may be missing.
/// </summary>
/// <param name="Layers">In the order of reports.</param>
/// <param name="Evictions">Committed by this process.</param>
/// <param name="Listener">How well it knows the primary database.</param>
/// <param name="Redis">What it asked of Redis.</param>
/// <param name="PayloadsRefused">Values too large for Redis.</param>
/// <param name="PayloadsUndeserializable">Payloads in Redis that could not be read.</param>
/// <param name="Memory">What its memory holds; null where that is not known.</param>
public sealed record CacheSnapshot(
    ImmutableArray<LayerSnapshot> Layers,
    ImmutableArray<EvictionCount> Evictions,
    ListenerSnapshot? Listener,
    RedisSnapshot? Redis,
    long PayloadsRefused,
    long PayloadsUndeserializable,
    MemorySnapshot? Memory);

/// <summary>One layer's totals.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Memory">Answers from the process's memory.</param>
/// <param name="Redis">Answers from Redis.</param>
/// <param name="Miss">Answers that were computed, by the caller or by one that it joined.</param>
/// <param name="Stale">Last good answers while Postgres could not be asked.</param>
/// <param name="Computations">Computations; fewer than misses where callers joined one.</param>
/// <param name="ComputationErrors">Those that failed.</param>
/// <param name="ComputationSeconds">The time that they took, added up, in seconds.</param>
/// <param name="Queries">Database queries that they took, those of other layers' computations within them included.</param>
/// <param name="TimedHits">Answers from memory whose time was taken: a sample.</param>
/// <param name="TimedHitSeconds">The time that these took, added up, in seconds.</param>
public sealed record LayerSnapshot(
    string Name, long Memory, long Redis, long Miss, long Stale, long Computations, long ComputationErrors, double ComputationSeconds,
    long Queries = 0, long TimedHits = 0, double TimedHitSeconds = 0);

/// <summary>Evictions of one kind.</summary>
/// <param name="Tag">The tag's family: <c>org</c> for <c>org:…</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record EvictionCount(string Tag, string Reason, long Count);

/// <summary>How well a process knows the primary database.</summary>
/// <param name="Verified">Whether Postgres confirmed its generations within the lease.</param>
/// <param name="Heard">Notifications heard.</param>
/// <param name="LastLagSeconds">From the latest bump to its arrival, by the two clocks.</param>
/// <param name="MaxLagSeconds">The longest.</param>
/// <param name="LagCounts">All, by bucket; see <see cref="LagBuckets"/>.</param>
/// <param name="Polled">Generations that a poll told before the listener did.</param>
/// <param name="Polls">Polls that succeeded.</param>
/// <param name="PollFailures">Polls that failed.</param>
/// <param name="ConfirmedAgeSeconds">Since the last good poll was sent; null before the first.</param>
public sealed record ListenerSnapshot(
    bool Verified, long Heard, double LastLagSeconds, double MaxLagSeconds, ImmutableArray<long> LagCounts, long Polled, long Polls,
    long PollFailures, double? ConfirmedAgeSeconds);

/// <summary>What a process asked of Redis.</summary>
/// <param name="BreakerOpen">Whether Redis is being left alone because it did not answer.</param>
/// <param name="Operations">By kind and result; only those that occurred.</param>
/// <param name="BytesRead">Payloads read, in bytes.</param>
/// <param name="BytesWritten">Payloads written, in bytes.</param>
public sealed record RedisSnapshot(bool BreakerOpen, ImmutableArray<RedisCount> Operations, long BytesRead, long BytesWritten);

/// <summary>Redis operations of one kind and result.</summary>
/// <param name="Operation"><c>read</c>, <c>write</c>, <c>remove</c> or <c>probe</c>.</param>
/// <param name="Result"><c>hit</c>, <c>miss</c>, <c>ok</c>, <c>error</c>, <c>timeout</c> or <c>open</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Seconds">The time that they took, added up, in seconds.</param>
public sealed record RedisCount(string Operation, string Result, long Count, double Seconds);

/// <summary>What a process's memory holds.</summary>
/// <param name="Entries">Entries of all layers.</param>
/// <param name="Bytes">Their serialized size, in bytes.</param>
/// <param name="LimitBytes">The most that it may be; 0 where another release did not say.</param>
public sealed record MemorySnapshot(long Entries, long Bytes, long LimitBytes = 0);
