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
        cancellationToken.ThrowIfCancellationRequested();
        var ambient = CacheAmbient.Current;
        RefuseInsideTransaction(ambient);

        // The path of a name that is asked for again and again.
        var timestamp = time.GetTimestamp();
        if (ambient is not ({ AsOf: not null } or { IsPreloading: true })
            && namer.FindRecent(key, timestamp) is { } recent
            && recent.Recent.TryGet<T>(timestamp, out var answer)
            && ReadsMemory(options) && HasTags(recent, tags))
        {
            Report(ambient, recent, CacheOutcome.Memory, timestamp);
            return new(answer);
        }

        // The path of a hit: a verified session, a name that still stands, an answer that is there at once.
        var now = time.GetUtcNow();
        if (ambient?.AsOf is null && namer.FindCurrent(key, now) is { } composed && HasTags(composed, tags))
        {
            if (IsAbsent(composed, timestamp))
            {
                Report(ambient, composed, CacheOutcome.Memory, timestamp);
                return default;
            }

            var call = new FactoryCall<TState, T>(this, composed, state, factory, ambient);
            var before = composed.Flight;
            var pending = inner.GetOrCreateAsync(
                composed.Physical, call, FactoryCall<TState, T>.Run, OptionsOf(key, options), tags: null, cancellationToken);
            if (!pending.IsCompletedSuccessfully || !ReferenceEquals(before, composed.Flight))
            {
                return FinishAsync(pending, key, state, factory, options, tags, composed, ambient, timestamp, cancellationToken);
            }

            var value = pending.Result;
            if (value is not IExpiringValue { ValidUntil: { } validUntil } || now < validUntil)
            {
                Remember(composed, value, options, now, timestamp);
                Report(ambient, composed, AtOnce(value, options) ?? CacheOutcome.Miss, timestamp);
                return new(value);
            }
        }

        return ReadAsync(key, state, factory, options, tags, ambient, timestamp, cancellationToken);
    }

    private async ValueTask<T> FinishAsync<TState, T>(
        ValueTask<T> pending, string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options, IEnumerable<string>? tags, ComposedKey composed, CacheAmbient? ambient, long startedAt,
        CancellationToken cancellationToken)
    {
        try
        {
            var value = await pending.ConfigureAwait(false);
            if (value is not IExpiringValue { ValidUntil: { } validUntil } || time.GetUtcNow() < validUntil)
            {
                return Finish(value, composed, OutcomeOf(composed), ambient, startedAt);
            }
        }
        catch (UnstoredAnswerException<T> answer) when (answer.Key.Physical == composed.Physical)
        {
            return Finish(answer.Value, composed, CacheOutcome.Miss, ambient, startedAt, isStored: false);
        }
        catch (UndeserializablePayloadException)
        {
            // Once more, the long way: it finds the payload again and removes it.
        }
        catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
        {
            return ServeLastGood<T>(key, ambient, exception);
        }

        return await ReadAsync(key, state, factory, options, tags, ambient, startedAt, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> ReadAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options,
        IEnumerable<string>? tags, CacheAmbient? ambient, long startedAt, CancellationToken cancellationToken)
    {
        // Without an exception: while Postgres is away, this is the path of every read.
        if (namer.FindObstacle() is { } obstacle)
        {
            return ServeLastGood<T>(key, ambient, obstacle);
        }

        var tagList = tags as string[] ?? tags?.ToArray() ?? [];
        var retried = false;
        string? variant = null;
        for (var successors = 0; ;)
        {
            ComposedKey? composed = null;
            try
            {
                composed = await namer.NameAsync(key, variant, tagList, ambient, cancellationToken).ConfigureAwait(false);
                if (IsAbsent(composed, startedAt))
                {
                    Report(ambient, composed, CacheOutcome.Memory, startedAt);
                    return default!;
                }

                var call = new FactoryCall<TState, T>(this, composed, state, factory, ambient);
                if (successors > MaxSuccessors)
                {
                    return Finish(
                        await FactoryCall<TState, T>.Run(call, cancellationToken).ConfigureAwait(false), composed, CacheOutcome.Miss, ambient,
                        startedAt);
                }

                var before = composed.Flight;
                var pending = inner.GetOrCreateAsync(
                    composed.Physical, call, FactoryCall<TState, T>.Run, OptionsOf(key, options), tags: null, cancellationToken);
                var atOnce = pending.IsCompletedSuccessfully;
                var value = await pending.ConfigureAwait(false);
                if (value is not IExpiringValue { ValidUntil: { } validUntil } || time.GetUtcNow() < validUntil)
                {
                    var outcome = atOnce && ReferenceEquals(before, composed.Flight) ? AtOnce(value, options) : OutcomeOf(composed);
                    return Finish(value, composed, outcome, ambient, startedAt);
                }

                variant = validUntil.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
                successors++;
            }
            catch (UnstoredAnswerException<T> answer) when (composed is not null && answer.Key.Physical == composed.Physical)
            {
                return Finish(answer.Value, composed, CacheOutcome.Miss, ambient, startedAt, isStored: false);
            }
            catch (UndeserializablePayloadException exception) when (!retried && composed is not null)
            {
                retried = true;
                Log.PayloadRemoved(logger, composed.Layer.Name, exception.Message);
                await inner.RemoveAsync(composed.Physical, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
            {
                return ServeLastGood<T>(key, ambient, exception);
            }
        }
    }

    private T ServeLastGood<T>(string key, CacheAmbient? ambient, Exception cause)
    {
        var layer = layers.LayerOf(key);

        // Inside a computation an old value would be stored under a new name: only the outermost read may serve it.
        if (ambient?.Computation is null && layer.FailSafe)
        {
            var current = namer.FindLastKnown(key, out var confirmedAt);
            if (lastGood.TryGet<T>(layer, key, current, confirmedAt, out var value, out var name))
            {
                metrics.Read(layer, CacheOutcome.Stale);
                ambient?.Trace?.Record(layer, new CacheRead(CacheOutcome.Stale, name));
                return value;
            }
        }

        throw cause is DatabaseUnavailableException ? cause : new DatabaseUnavailableException(cause);
    }

    private static bool IsAbsent(ComposedKey composed, long timestamp) => timestamp < composed.AbsentUntil;

    private T Finish<T>(T value, ComposedKey composed, CacheOutcome? outcome, CacheAmbient? ambient, long startedAt, bool isStored = true)
    {
        // Without an outcome there is no value: the caller forbade to compute one.
        if (isStored && outcome is not (null or CacheOutcome.Memory) && ambient is not ({ AsOf: not null } or { IsPreloading: true }))
        {
            lastGood.Put(composed, value);
        }

        Report(ambient, composed, outcome ?? CacheOutcome.Miss, startedAt);
        return value;
    }

    private void Report(CacheAmbient? ambient, ComposedKey composed, CacheOutcome outcome, long startedAt)
    {
        if (ambient is not { IsPreloading: true } && metrics.Read(composed.Layer, outcome))
        {
            metrics.Hit(composed.Layer, (double)(time.GetTimestamp() - startedAt) / time.TimestampFrequency);
        }

        ambient?.Trace?.Record(composed.Layer, new CacheRead(outcome, composed.Name));
    }

    // A caller who joined a flight reports the flight's outcome; the flight is the key's latest.
    private static CacheOutcome? OutcomeOf(ComposedKey composed) => composed.Flight is { } flight ? flight.Outcome : CacheOutcome.Memory;

    // An answer without a flight came from memory, or is none where the caller forbade to compute one.
    private static CacheOutcome? AtOnce<T>(T value, HybridCacheEntryOptions? options) =>
        options?.Flags is { } flags && (flags & HybridCacheEntryFlags.DisableUnderlyingData) != 0
            && EqualityComparer<T>.Default.Equals(value, default)
            ? null
            : CacheOutcome.Memory;

    private static bool HasTags(ComposedKey composed, IEnumerable<string>? tags) =>
        ReferenceEquals(composed.Tags, tags) || composed.Tags.AsSpan().SequenceEqual(tags as string[] ?? tags?.ToArray() ?? []);

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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Removed a payload of layer {Layer}: {Reason}")]
        public static partial void PayloadRemoved(ILogger logger, string layer, string reason);
    }
}
