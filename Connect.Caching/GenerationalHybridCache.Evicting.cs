using System.Transactions;
using Connect.Caching.Flow;
using Connect.Caching.Naming;
using Connect.Caching.Tiers;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching;

/// <content>
/// Evictions without a change of data, as <see cref="HybridCache"/> has them. Applications evict with their data,
/// through <see cref="CacheTransaction{TContext}"/>.
/// </content>
internal sealed partial class GenerationalHybridCache
{
    /// <inheritdoc />
    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        string[] ownTags = [.. tags ?? []];
        _ = KeyComposer.RowsOf(key, ownTags);
        RefuseInsideTransaction(CacheAmbient.Current);
        if (!KeyRules.IsCacheable(key))
        {
            Log.KeyNotCacheable(logger, key.Length);
            return;
        }

        // Named by the generation that this eviction returned: of two instances that set the key at once, each stores under its own
        // name, and the later one's is read.
        var slot = CacheTags.SlotRowOf(key);
        var generations = await EvictAsync([slot], cancellationToken).ConfigureAwait(false);
        lastGood.Remove(layers.LayerOf(key), key);
        var composed = await namer.NameAsync(key, variant: null, ownTags, ambient: null, cancellationToken, generations[slot]).ConfigureAwait(false);
        try
        {
            await inner.SetAsync(composed.Physical, value, OptionsOf(key, options), tags: null, cancellationToken).ConfigureAwait(false);
            KeepLastGood(composed, value, options, time.GetTimestamp());
        }
        catch (RefusedPayloadException<T>)
        {
            // Too large for any tier: what it replaces is evicted all the same.
        }
    }

    /// <inheritdoc />
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        RemoveAsync([key], cancellationToken);

    /// <inheritdoc />
    public override async ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        string[] list = [.. keys ?? []];
        Array.ForEach(list, key => ArgumentNullException.ThrowIfNull(key, nameof(keys)));

        // Under other keys nothing is kept.
        list = Array.FindAll(list, KeyRules.IsCacheable);
        await EvictAsync([.. list.Select(CacheTags.SlotRowOf)], cancellationToken).ConfigureAwait(false);
        Array.ForEach(list, key => lastGood.Remove(layers.LayerOf(key), key));
    }

    /// <inheritdoc />
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        RemoveByTagAsync([tag], cancellationToken);

    /// <inheritdoc />
    public override async ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        string[] list = [.. tags ?? []];
        Array.ForEach(list, CacheTags.Validate);
        await EvictAsync(Array.ConvertAll(list, CacheTags.RowOf), cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyDictionary<string, long>> EvictAsync(string[] rows, CancellationToken cancellationToken)
    {
        RefuseInsideTransaction(CacheAmbient.Current);
        return writer.BumpAsync(rows, CacheEvictionReasons.Requested, cancellationToken);
    }

    // A read in a transaction would compute from uncommitted data, and keep the value for readers who must not see them. An eviction in
    // one is committed on another connection, before the data: a reader who comes in between would compute from the old ones and keep that.
    private static void RefuseInsideTransaction(CacheAmbient? ambient)
    {
        if (ambient is { IsInTransaction: true } || Transaction.Current is not null)
        {
            throw new InvalidOperationException(
                "Inside a transaction the cache is neither read nor evicted: its data are not committed. Record evictions with EvictTags.");
        }
    }
}
