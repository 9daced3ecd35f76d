using Connect.Caching.Flow;
using Connect.Caching.Naming;
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
        RefuseInsideTransaction(CacheAmbient.Current);
        if (!KeyRules.IsCacheable(key))
        {
            Log.KeyNotCacheable(logger, key.Length);
            return;
        }

        await RemoveAsync(key, cancellationToken).ConfigureAwait(false);
        var tagList = tags?.ToArray() ?? [];
        var composed = await namer.NameAsync(key, variant: null, tagList, ambient: null, cancellationToken).ConfigureAwait(false);
        await inner.SetAsync(composed.Physical, value, OptionsOf(key, options), tags: null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        RemoveAsync([key], cancellationToken);

    /// <inheritdoc />
    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        string[] list = [.. keys ?? []];
        Array.ForEach(list, key => ArgumentNullException.ThrowIfNull(key, nameof(keys)));

        // Under other keys nothing is kept.
        return EvictAsync([.. list.Where(KeyRules.IsCacheable).Select(CacheTags.SlotRowOf)], cancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        RemoveByTagAsync([tag], cancellationToken);

    /// <inheritdoc />
    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        string[] list = [.. tags ?? []];
        Array.ForEach(list, CacheTags.Validate);
        return EvictAsync(Array.ConvertAll(list, CacheTags.RowOf), cancellationToken);
    }

    private ValueTask EvictAsync(string[] rows, CancellationToken cancellationToken) =>
        writer.BumpAsync(rows, CacheEvictionReasons.Requested, cancellationToken);
}
