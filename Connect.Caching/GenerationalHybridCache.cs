using System.Globalization;
using Connect.Caching.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
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
    CacheLayerRegistry layers,
    KeyNamer namer,
    GenerationPublisher writer,
    LastGoodStore lastGood,
    PrimaryDatabase database,
    CacheMetrics metrics,
    TimeProvider time,
    ILogger<GenerationalHybridCache> logger) : HybridCache
{
    // How often a value may be found overtaken by time in one read before it is computed without a cache.
    private const int MaxSuccessors = 16;

    private static readonly TimeSpan ShortestRedisTtl = TimeSpan.FromSeconds(2);

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
        RefuseInsideTransaction(ambient);

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

    /// <summary>A read that has to wait.</summary>
    /// <param name="read">The read.</param>
    /// <param name="begun">The name under which the inner cache was asked already; null where it was not.</param>
    /// <param name="pending">The inner cache's answer to that.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private async ValueTask<T> ReadAsync<TState, T>(
        CachedRead<TState, T> read, ComposedKey? begun, ValueTask<T> pending, CancellationToken cancellationToken)
    {
        if (!KeyRules.IsCacheable(read.Key))
        {
            Log.KeyNotCacheable(logger, read.Key.Length);
            return Forbids(read.Options, HybridCacheEntryFlags.DisableUnderlyingData)
                ? default!
                : await read.Factory(read.State, cancellationToken).ConfigureAwait(false);
        }

        // Without an exception: while Postgres is away, this is the path of every read.
        if (begun is null && namer.FindObstacle() is { } obstacle)
        {
            return ServeLastGood<T>(read.Key, read.Ambient, obstacle);
        }

        var retried = false;
        string? variant = null;
        for (var successors = 0; ;)
        {
            var composed = begun;
            begun = null;
            try
            {
                var (atOnce, before) = (false, (CacheFlight?)null);
                if (composed is null)
                {
                    composed = await namer.NameAsync(read.Key, variant, read.Tags, read.Ambient, cancellationToken).ConfigureAwait(false);
                    if (IsAbsent(composed, read.StartedAt))
                    {
                        Report(read.Ambient, composed, CacheOutcome.Memory, read.StartedAt);
                        return default!;
                    }

                    if (successors > MaxSuccessors)
                    {
                        var computed = await FactoryCall<TState, T>.Run(new(this, composed, read), cancellationToken).ConfigureAwait(false);
                        return Finish(computed, composed, CacheOutcome.Miss, read.Ambient, read.StartedAt);
                    }

                    before = composed.Flight;
                    pending = AskInner(read, composed, cancellationToken);
                    atOnce = pending.IsCompletedSuccessfully;
                }

                var value = await pending.ConfigureAwait(false);
                if (FindExpiry(value) is not { } validUntil || time.GetUtcNow() < validUntil)
                {
                    var outcome = atOnce && ReferenceEquals(before, composed.Flight) ? AtOnce(value, read.Options) : OutcomeOf(composed);
                    return Finish(value, composed, outcome, read.Ambient, read.StartedAt);
                }

                variant = validUntil.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                successors++;
            }
            catch (UnstoredAnswerException<T> answer) when (composed is not null && answer.Key.Physical == composed.Physical)
            {
                return Finish(answer.Value, composed, CacheOutcome.Miss, read.Ambient, read.StartedAt, isStored: false);
            }
            catch (UndeserializablePayloadException exception) when (!retried && composed is not null)
            {
                retried = true;
                Log.PayloadRemoved(logger, composed.Layer.Name, exception.Message);
                await inner.RemoveAsync(composed.Physical, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
            {
                return ServeLastGood<T>(read.Key, read.Ambient, exception);
            }
        }
    }

    private ValueTask<T> AskInner<TState, T>(in CachedRead<TState, T> read, ComposedKey composed, CancellationToken cancellationToken) =>
        inner.GetOrCreateAsync(
            composed.Physical, new FactoryCall<TState, T>(this, composed, read), FactoryCall<TState, T>.Run,
            OptionsOf(read.Key, read.Options), tags: null, cancellationToken);

    private static DateTimeOffset? FindExpiry<T>(T value) => value is IExpiringValue expiring ? expiring.ValidUntil : null;

    private static bool HasTags(ComposedKey composed, string[] tags) => composed.Tags.AsSpan().SequenceEqual(tags);

    private static bool Forbids(HybridCacheEntryOptions? options, HybridCacheEntryFlags what) =>
        options?.Flags is { } flags && (flags & what) != 0;

    private HybridCacheEntryOptions OptionsOf(string key, HybridCacheEntryOptions? options)
    {
        options ??= layers.LayerOf(key).OptionsFor(key);

        // RedisCache truncates to whole seconds: what is shorter would be gone at once.
        return options.Expiration < ShortestRedisTtl
            ? new()
            {
                Expiration = options.Expiration,
                LocalCacheExpiration = options.LocalCacheExpiration,
                Flags = (options.Flags ?? HybridCacheEntryFlags.None) | HybridCacheEntryFlags.DisableDistributedCache,
            }
            : options;
    }

    private static void RefuseInsideTransaction(CacheAmbient? ambient)
    {
        if (ambient is { IsInTransaction: true })
        {
            throw new InvalidOperationException(
                "A cached read inside an evicting transaction would compute from data that nobody else sees yet.");
        }
    }

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
