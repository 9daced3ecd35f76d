using Connect.Caching.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;

namespace Connect.Caching;

/// <summary>
/// <see cref="HybridCache"/> with the semantics that its names promise, across all processes: a key is stored
/// under the generations of its tags, read before the value is computed, so that an eviction, which raises a generation
/// together with the data, makes older values unreachable in every tier of every process at once.
/// </summary>
internal sealed partial class GenerationalHybridCache(
    HybridCache inner,
    CacheTiers tiers,
    CacheLayerRegistry layers,
    KeyNamer namer,
    GenerationPublisher writer,
    LastGoodStore lastGood,
    PrimaryDatabase database,
    CacheMetrics metrics,
    TimeProvider time,
    ILogger<GenerationalHybridCache> logger) : HybridCache
{
    /// <inheritdoc />
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        var ambient = CacheAmbient.Current;
        if (ambient is { IsInTransaction: true })
        {
            RefuseInsideTransaction(ambient);
        }

        // The path of a name that is asked for again and again.
        var ownTags = tags as string[] ?? tags?.ToArray() ?? [];
        var timestamp = time.GetTimestamp();
        if (ambient is not ({ AsOf: not null } or { IsPreloading: true })
            && namer.FindRecent(key, timestamp) is { } recent
            && recent.Recent.TryGet<T>(timestamp, out var answer)
            && ReadsMemory(options) && HasTags(recent, ownTags))
        {
            Report(ambient, recent, CacheOutcome.Memory, timestamp);
            return new(answer);
        }

        // The path of a hit: a verified session, a name that still stands, an answer that is there at once.
        var now = time.GetUtcNow();
        var read = new CachedRead<TState, T>(key, state, factory, options, ownTags, ambient, timestamp);
        if (ambient?.AsOf is null && namer.FindCurrent(key, now) is { } composed && HasTags(composed, ownTags))
        {
            if (IsAbsent(composed, timestamp))
            {
                Report(ambient, composed, CacheOutcome.Memory, timestamp);
                return default;
            }

            var before = composed.Flight;
            var pending = AskInner(read, composed, cancellationToken);
            if (!pending.IsCompletedSuccessfully || !ReferenceEquals(before, composed.Flight))
            {
                return ReadAsync(read, composed, pending, cancellationToken);
            }

            var value = pending.Result;
            if (FindExpiry(value) is not { } validUntil || now < validUntil)
            {
                Remember(composed, value, options, now, timestamp);
                Report(ambient, composed, AtOnce(value, options) ?? CacheOutcome.Miss, timestamp);
                return new(value);
            }
        }

        return ReadAsync(read, begun: null, pending: default, cancellationToken);
    }

    private static DateTimeOffset? FindExpiry<T>(T value) => value is IExpiringValue expiring ? expiring.ValidUntil : null;

    private static bool HasTags(ComposedKey composed, string[] tags) => composed.Tags.AsSpan().SequenceEqual(tags);

    private static bool Forbids(HybridCacheEntryOptions? options, HybridCacheEntryFlags what) =>
        options?.Flags is { } flags && (flags & what) != 0;

    /// <summary>One read: what its caller gave.</summary>
    /// <param name="Key">The logical key.</param>
    /// <param name="State">The factory's state.</param>
    /// <param name="Factory">Computes the value.</param>
    /// <param name="Options">The caller's options; null for the layer's.</param>
    /// <param name="Tags">The caller's tags.</param>
    /// <param name="Ambient">What flows with the caller.</param>
    /// <param name="StartedAt">Monotonic time at which it began.</param>
    private readonly record struct CachedRead<TState, T>(
        string Key, TState State, Func<TState, CancellationToken, ValueTask<T>> Factory, HybridCacheEntryOptions? Options,
        string[] Tags, CacheAmbient? Ambient, long StartedAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Removed a payload of layer {Layer}: {Reason}")]
        public static partial void PayloadRemoved(ILogger logger, string layer, string reason);

        [LoggerMessage(2, LogLevel.Error,
            "A key of {Length} characters is blank, too long or contains control characters: its value is computed on every read")]
        public static partial void KeyNotCacheable(ILogger logger, int length);
    }
}
