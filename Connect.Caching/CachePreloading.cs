using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;

namespace Connect.Caching;

/// <summary>
/// Computes values ahead of their readers, from data that is loaded for many at once. An eviction may outdate the data
/// before it is used, so it carries the generations that it was loaded under, and may be used only by a computation
/// with the same ones.
/// </summary>
public sealed class CachePreloading
{
    private readonly GenerationStore _store;

    internal CachePreloading(GenerationStore store) => _store = store;

    /// <summary>
    /// From here to the end of the calling asynchronous method, cached reads are preloading: they are not counted as
    /// reads, and store no last good value.
    /// </summary>
    /// <param name="asOf">
    /// The future moment that they are made for: keys are named and values computed as they will be then, and present
    /// readers do not use those names. Null for now.
    /// </param>
    /// <returns>The trace of their queries.</returns>
    public static CacheTrace Begin(DateTimeOffset? asOf) => CacheAmbient.BeginPreloading(asOf);

    /// <summary>Reads generations from the primary database. To be called before the data is read.</summary>
    /// <param name="tags">The tags; <c>*</c> is always read too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public async Task<TagGenerations> ReadGenerationsAsync(IEnumerable<string> tags, CancellationToken cancellationToken)
    {
        CacheTrace.Current?.AddGenerationQuery();
        string[] rows = [.. tags.Select(CacheTags.RowOf), CacheTags.EverythingRow];
        var snapshot = await _store.LoadAsync(rows, cancellationToken).ConfigureAwait(false);
        return new TagGenerations(snapshot.Generations);
    }
}

/// <summary>Generations of some tags at a moment.</summary>
public sealed class TagGenerations
{
    private readonly IReadOnlyDictionary<string, long> _byRow;

    internal TagGenerations(IReadOnlyDictionary<string, long> byRow) => _byRow = byRow;

    /// <summary>
    /// The generation of a tag: microseconds since the Unix epoch, or one more than the one before; 0 if it was never
    /// evicted.
    /// </summary>
    public long Of(string tag) => _byRow.GetValueOrDefault(CacheTags.RowOf(tag));

    /// <summary>Whether some tags, and <c>*</c>, have the same generations there.</summary>
    public bool AreSame(TagGenerations other, params ReadOnlySpan<string> tags)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var tag in (ReadOnlySpan<string>)[CacheTags.Everything, .. tags])
        {
            if (Of(tag) != other.Of(tag))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the value being computed is named by these generations of some of its tags, and of <c>*</c>. They must
    /// be equal: after a failover, an older generation may be larger than the new primary's.
    /// </summary>
    /// <exception cref="ArgumentException">The value does not have one of the tags.</exception>
    public bool AreOf(CacheComputation computation, params ReadOnlySpan<string> tags)
    {
        ArgumentNullException.ThrowIfNull(computation);
        foreach (var tag in (ReadOnlySpan<string>)[CacheTags.Everything, .. tags])
        {
            if (computation.GenerationOf(tag) != Of(tag))
            {
                return false;
            }
        }

        return true;
    }
}
