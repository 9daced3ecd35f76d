using System.Globalization;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>Reads that have to wait: for generations, for Redis or for a computation.</content>
internal sealed partial class GenerationalHybridCache
{
    // How often a value may be found overtaken by time in one read before it is computed without a cache.
    private const int MaxSuccessors = 16;

    private static readonly TimeSpan ShortestRedisTtl = TimeSpan.FromSeconds(2);

    /// <summary>A read that has to wait.</summary>
    /// <param name="read">The read.</param>
    /// <param name="begun">The name under which the inner cache was asked already; null where it was not.</param>
    /// <param name="pending">The inner cache's answer to that.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="isRepeated">Whether it has failed once, and Postgres has answered since.</param>
    private async ValueTask<T> ReadAsync<TState, T>(
        CachedRead<TState, T> read, ComposedKey? begun, ValueTask<T> pending, CancellationToken cancellationToken, bool isRepeated = false)
    {
        RefuseInsideTransaction(read.Ambient);
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
            return await AnswerUnnamedAsync(read, new DatabaseUnavailableException(obstacle), isRepeated, cancellationToken).ConfigureAwait(false);
        }

        // The caller may change its array while this waits.
        read = read with { Tags = [.. read.Tags] };
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
                        return Finish(read, computed, composed, CacheOutcome.Miss);
                    }

                    before = composed.Flight;
                    pending = AskInner(read, composed, cancellationToken);
                    atOnce = pending.IsCompletedSuccessfully;
                }

                var value = await pending.ConfigureAwait(false);
                if (FindExpiry(value) is not { } validUntil || time.GetUtcNow() < validUntil)
                {
                    var outcome = atOnce && ReferenceEquals(before, composed.Flight) ? AtOnce(value, read.Options) : OutcomeOf(composed);
                    return Finish(read, value, composed, outcome);
                }

                variant = validUntil.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                successors++;
            }
            catch (UnstoredAnswerException<T> answer) when (composed is not null && answer.Key.Physical == composed.Physical)
            {
                return Finish(read, answer.Value, composed, CacheOutcome.Miss, isStored: false);
            }
            catch (RefusedPayloadException<T> refused) when (composed is not null)
            {
                return Finish(read, refused.Value, composed, CacheOutcome.Miss, isStored: false);
            }
            catch (UndeserializablePayloadException exception) when (!retried && composed is not null)
            {
                retried = true;
                Log.PayloadRemoved(logger, composed.Layer.Name, exception.Message);
                await inner.RemoveAsync(composed.Physical, cancellationToken).ConfigureAwait(false);
            }
            catch (DatabaseUnavailableException exception) when (composed is null)
            {
                return await AnswerUnnamedAsync(read, exception, isRepeated, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (composed is not null && PrimaryDatabase.IsUnreachable(exception))
            {
                return await AnswerFailedAsync(read, composed, exception, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private ValueTask<T> AskInner<TState, T>(in CachedRead<TState, T> read, ComposedKey composed, CancellationToken cancellationToken) =>
        inner.GetOrCreateAsync(
            composed.Physical, new FactoryCall<TState, T>(this, composed, read), FactoryCall<TState, T>.RunUnlessLeft,
            OptionsOf(read.Key, read.Options), tags: null, cancellationToken);

    private HybridCacheEntryOptions OptionsOf(string key, HybridCacheEntryOptions? options)
    {
        options = layers.LayerOf(key).Complete(options, key);

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
}
