using Connect.Data.Model;

namespace Connect.Api.CacheAdministration;

/// <summary>The counters of every live instance's cache.</summary>
/// <param name="Complete">False if the database could not be asked for the other instances.</param>
/// <param name="Totals">The sum over <paramref name="Instances"/>.</param>
/// <param name="Instances">Each live instance, workers included.</param>
public sealed record CacheReport(bool Complete, CacheTotals Totals, IReadOnlyList<CacheInstanceItem> Instances);

/// <summary>One live instance.</summary>
/// <param name="Id">Version 7 UUID, new for each start of the process.</param>
/// <param name="Name">As in <c>X-Instance</c>.</param>
/// <param name="Role"><c>api</c> or <c>worker</c>.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="SeenAt">When it last stored its totals, which it does every few seconds.</param>
/// <param name="Self">Whether it is the instance that answers.</param>
/// <param name="Totals">Since it started.</param>
public sealed record CacheInstanceItem(
    Guid Id, string Name, string Role, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool Self, CacheTotals Totals);

/// <summary>Counters since the start.</summary>
/// <param name="Layers">Reads and computations by layer.</param>
/// <param name="Evictions">By tag family and reason, counted where they were committed.</param>
/// <param name="Listener">How the instance hears evictions of others; null where that is not known.</param>
/// <param name="Redis">Operations on Redis.</param>
/// <param name="Payloads">Values that could not be written to Redis or read from it.</param>
/// <param name="Memory">Content of the memory.</param>
public sealed record CacheTotals(
    IReadOnlyList<CacheLayerItem> Layers, IReadOnlyList<CacheEvictionItem> Evictions, CacheListenerItem? Listener, CacheRedisItem? Redis,
    CachePayloadsItem Payloads, CacheMemoryItem? Memory);

/// <summary>One layer.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Requests">Reads by outcome.</param>
/// <param name="HitRatio">Share of reads that memory or Redis answered, 0 to 1; null without reads.</param>
/// <param name="Computations">How often a value was computed.</param>
/// <param name="ComputationErrors">How often a computation failed.</param>
/// <param name="ComputationSeconds">Total duration of the computations.</param>
public sealed record CacheLayerItem(
    string Name, CacheRequestsItem Requests, double? HitRatio, long Computations, long ComputationErrors, double ComputationSeconds);

/// <summary>Reads by the origin of their answers.</summary>
/// <param name="Memory">The instance's memory.</param>
/// <param name="Redis">Redis.</param>
/// <param name="Miss">Computed, by the caller or by one that it joined.</param>
/// <param name="Stale">The last good answer, while the database could not be asked.</param>
public sealed record CacheRequestsItem(long Memory, long Redis, long Miss, long Stale);

/// <summary>Evictions of one kind.</summary>
/// <param name="Tag">The tag's family.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record CacheEvictionItem(string Tag, string Reason, long Count);

/// <summary>How an instance hears the evictions of others.</summary>
/// <param name="Verified">Whether the database confirmed the generations within the lease; over several instances, of all.</param>
/// <param name="ConfirmedAgeSeconds">Time since the last successful poll began.</param>
/// <param name="Heard">Evictions heard.</param>
/// <param name="LagP50Seconds">Time from an eviction's commit to its arrival, median.</param>
/// <param name="LagP99Seconds">The same, 99th percentile.</param>
/// <param name="LagMaxSeconds">The same, maximum.</param>
/// <param name="Polled">Evictions that a poll found before their notification arrived.</param>
/// <param name="Polls">Successful polls; each confirms the generations.</param>
/// <param name="PollFailures">Polls that failed.</param>
public sealed record CacheListenerItem(
    bool Verified, double? ConfirmedAgeSeconds, long Heard, double? LagP50Seconds, double? LagP99Seconds, double LagMaxSeconds, long Polled,
    long Polls, long PollFailures);

/// <summary>Operations on Redis.</summary>
/// <param name="BreakerOpen">Whether the breaker stops operations; over several instances, whether any breaker does.</param>
/// <param name="Errors">Operations that failed; misses are none.</param>
/// <param name="Timeouts">Operations that were not answered in time.</param>
/// <param name="Unasked">Operations that the breaker stopped.</param>
/// <param name="BytesRead">Bytes of payloads read.</param>
/// <param name="BytesWritten">Bytes of payloads written.</param>
/// <param name="Operations">By kind and result.</param>
public sealed record CacheRedisItem(
    bool BreakerOpen, long Errors, long Timeouts, long Unasked, long BytesRead, long BytesWritten, IReadOnlyList<CacheOperationItem> Operations);

/// <summary>Redis operations of one kind and result.</summary>
/// <param name="Operation"><c>read</c>, <c>write</c>, <c>remove</c> or <c>probe</c>.</param>
/// <param name="Result"><c>hit</c>, <c>miss</c>, <c>ok</c>, <c>error</c>, <c>timeout</c> or <c>open</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Seconds">Their total duration.</param>
public sealed record CacheOperationItem(string Operation, string Result, long Count, double Seconds);

/// <summary>Values that could not be written to Redis or read from it.</summary>
/// <param name="Refused">Too large to be stored.</param>
/// <param name="Undeserializable">Stored but not readable; computed again.</param>
public sealed record CachePayloadsItem(long Refused, long Undeserializable);

/// <summary>Content of the memory.</summary>
/// <param name="Entries">Number of entries.</param>
/// <param name="Bytes">Their size; null where it is not counted.</param>
public sealed record CacheMemoryItem(long Entries, long? Bytes);

/// <summary>A warming that was asked for.</summary>
/// <param name="WarmingId">Its id, or that of the warming that already waits; see <c>GET /api/admin/cache/warmings</c>.</param>
public sealed record WarmingAccepted(Guid WarmingId);

/// <summary>One preloading of rankings.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Trigger">The reason of its first request.</param>
/// <param name="Status">Its state.</param>
/// <param name="Requests">How often it was asked for before it began.</param>
/// <param name="AsOf">The coming midnight whose rankings it computes; null for the present ones.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker began it.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="DurationSeconds">From start to end; waiting is not counted.</param>
/// <param name="Organizations">Organizations to warm.</param>
/// <param name="Warmed">Rankings computed so far.</param>
/// <param name="Skipped">Rankings that were there already.</param>
/// <param name="Failed">Rankings that could not be computed.</param>
/// <param name="Queries">Its database queries.</param>
/// <param name="Error">Why it did not complete.</param>
public sealed record WarmingItem(
    Guid Id, WarmingTrigger Trigger, WarmingStatus Status, int Requests, DateTimeOffset? AsOf, DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, double? DurationSeconds, int Organizations, int Warmed, int Skipped, int Failed,
    int Queries, string? Error);
