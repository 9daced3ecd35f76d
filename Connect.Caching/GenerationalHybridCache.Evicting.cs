using Connect.Caching.Flow;
using Connect.Caching.Layers;
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
        RefuseInsideTransaction(CacheAmbient.Current);
        await RemoveAsync(key, cancellationToken).ConfigureAwait(false);
        var tagList = tags?.ToArray() ?? [];
        var composed = await namer.NameAsync(key, variant: null, tagList, ambient: null, cancellationToken).ConfigureAwait(false);
        await inner.SetAsync(composed.Physical, value, OptionsOf(key, options), tags: null, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        writer.BumpAsync([CacheTags.SlotRowOf(key)], CacheEvictionReasons.Requested, cancellationToken);

    /// <inheritdoc />
    public override ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        writer.BumpAsync([.. keys.Select(CacheTags.SlotRowOf)], CacheEvictionReasons.Requested, cancellationToken);

    /// <inheritdoc />
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        RemoveByTagAsync([tag], cancellationToken);

    /// <inheritdoc />
    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        string[] list = [.. tags];
        Array.ForEach(list, CacheTags.Validate);
        return writer.BumpAsync(Array.ConvertAll(list, CacheTags.RowOf), CacheEvictionReasons.Requested, cancellationToken);
    }
}
