using System.Runtime.ExceptionServices;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>The answers while the primary database cannot be asked.</content>
internal sealed partial class GenerationalHybridCache
{
    /// <summary>The answer to a read whose key cannot be named.</summary>
    /// <param name="read">The read.</param>
    /// <param name="cause">Why not.</param>
    /// <param name="isRepeated">Whether the read was begun anew here.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private ValueTask<T> AnswerUnnamedAsync<TState, T>(
        in CachedRead<TState, T> read, DatabaseUnavailableException cause, bool isRepeated, CancellationToken cancellationToken)
    {
        if (FindLastGood(read, named: null, mayBeOvertaken: true, out var value))
        {
            return new(value);
        }

        // Postgres may have answered the listener since the query failed. The session that began then knows nothing of the answers
        // from before it, but Postgres can be asked again.
        if (!isRepeated && namer.FindObstacle() is null)
        {
            return ReadAsync(read, begun: null, pending: default, cancellationToken, isRepeated: true);
        }

        // Without tags, no change of the database's data evicts the value: its factory may not need the database either. What it
        // gives is right now, but cannot be kept without a name.
        return read.Tags.Length == 0 && !Forbids(read.Options, HybridCacheEntryFlags.DisableUnderlyingData)
            ? ComputeUnnamedAsync(read, cancellationToken)
            : throw cause;
    }

    private async ValueTask<T> ComputeUnnamedAsync<TState, T>(CachedRead<TState, T> read, CancellationToken cancellationToken)
    {
        var alone = namer.NameAlone(read.Key);
        T value;
        try
        {
            value = await FactoryCall<TState, T>.Run(new(this, alone, read), cancellationToken).ConfigureAwait(false);
        }
        catch (UnstoredAnswerException<T> answer) when (ReferenceEquals(answer.Key, alone))
        {
            value = answer.Value;
        }

        return Finish(read, value, alone, CacheOutcome.Miss, isStored: false);
    }

    /// <summary>The answer to a read whose factory, or a cached read in it, could not reach a database.</summary>
    /// <param name="read">The read.</param>
    /// <param name="named">Its key, by generations that were verified before the factory ran.</param>
    /// <param name="cause">The factory's exception.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private async ValueTask<T> AnswerFailedAsync<TState, T>(
        CachedRead<TState, T> read, ComposedKey named, Exception cause, CancellationToken cancellationToken)
    {
        // A value whose eviction is not known is as good as it was. For another one the outage must be certain: a factory also
        // fails when its own query is too slow, or all connections are in use.
        T value;
        if (!namer.IsOvertaken(named) && FindLastGood(read, named, mayBeOvertaken: false, out value))
        {
            return value;
        }

        // Inside a computation, the outermost read decides.
        if (read.Ambient?.Computation is null && !await namer.IsAnsweredAsync(cancellationToken).ConfigureAwait(false))
        {
            return FindLastGood(read, namer.IsOvertaken(named) ? null : named, mayBeOvertaken: true, out value)
                ? value
                : throw cause as DatabaseUnavailableException ?? new DatabaseUnavailableException(cause);
        }

        ExceptionDispatchInfo.Throw(cause);
        return default!;
    }

    /// <summary>The key's last good value, which is then reported as stale.</summary>
    /// <param name="read">The read.</param>
    /// <param name="named">The key by its verified name; null for the last known one.</param>
    /// <param name="mayBeOvertaken">Whether the value may be one whose eviction is known.</param>
    /// <param name="value">The value.</param>
    private bool FindLastGood<TState, T>(in CachedRead<TState, T> read, ComposedKey? named, bool mayBeOvertaken, out T value)
    {
        var layer = layers.LayerOf(read.Key);

        // Inside a computation an old value would be stored under a new name: only the outermost read may serve it.
        if (read.Ambient?.Computation is not null || !layer.FailSafe || !ReadsMemory(read.Options))
        {
            value = default!;
            return false;
        }

        var confirmedAt = read.StartedAt;
        var current = named ?? namer.FindLastKnown(read.Key, out confirmedAt);
        if (!lastGood.TryGet(layer, read.Key, current, confirmedAt, out value, out var name)
            || !(mayBeOvertaken || current?.Physical == name))
        {
            return false;
        }

        metrics.Read(layer, CacheOutcome.Stale);
        read.Ambient?.Trace?.Record(layer, new CacheRead(CacheOutcome.Stale, name));
        return true;
    }

    private void KeepLastGood<T>(ComposedKey composed, T value, HybridCacheEntryOptions? options, long readAt)
    {
        if (!Forbids(options, HybridCacheEntryFlags.DisableLocalCacheWrite))
        {
            lastGood.Put(composed, value, readAt);
        }
    }
}
