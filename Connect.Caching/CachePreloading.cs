using Connect.Caching.Flow;
using Connect.Caching.Generations;

namespace Connect.Caching;

/// <summary>
/// Computes values ahead of their readers, from data that is loaded for many at once. An eviction may outdate the data
/// before it is used, so it carries the generations that it was loaded under, and may be used only by a computation
/// with the same ones.
/// </summary>
public sealed class CachePreloading
{
    private readonly GenerationLoader _loader;

    internal CachePreloading(GenerationLoader loader) => _loader = loader;

    /// <summary>
    /// From here to the end of the calling asynchronous method, cached reads are preloading: they are not counted as
    /// reads, and store no last good value.
    /// </summary>
    /// <param name="asOf">
    /// The future moment that they are made for: keys are named and values computed as they will be then, and present
    /// readers do not use those names. Null for now.
    /// </param>
    /// <returns>The trace of their queries.</returns>
    public static CacheTrace Begin(DateTimeOffset? asOf)
    {
        var trace = new CacheTrace();
        CacheAmbient.Current = new CacheAmbient(trace, Computation: null, IsInTransaction: false, asOf?.ToUniversalTime(), IsPreloading: true);
        return trace;
    }

    /// <summary>
    /// Reads generations from the primary database. To be called before the data is read: only a computation that
    /// <see cref="CacheComputation.IsNamedBy"/> these generations may use that data.
    /// </summary>
    /// <param name="tags">The tags; <c>*</c> is always read too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// Their generations by tag: microseconds since the Unix epoch, or one more than the one before; 0 if the tag was
    /// never evicted.
    /// </returns>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, long>> ReadGenerationsAsync(IEnumerable<string> tags, CancellationToken cancellationToken)
    {
        CacheTrace.Current?.AddGenerationQuery();
        string[] all = [.. tags.Append(CacheTags.Everything).Distinct(StringComparer.Ordinal)];
        var snapshot = await _loader.LoadAsync(Array.ConvertAll(all, CacheTags.RowOf)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return all.ToDictionary(tag => tag, tag => snapshot.Generations.GetValueOrDefault(CacheTags.RowOf(tag)), StringComparer.Ordinal);
    }
}
