using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Caching.Layers;

namespace Connect.Caching;

/// <summary>
/// Computes values ahead of their readers, from data that is loaded for many of them at once. What is loaded first may be
/// overruled before it is used: it carries the generations that it was loaded under, and counts only for a computation
/// that is named by the same.
/// </summary>
public sealed class CachePreloading
{
    private readonly GenerationStore _store;

    internal CachePreloading(GenerationStore store) => _store = store;

    /// <summary>
    /// From here to the end of the calling asynchronous method, cached reads are made ahead of their readers: they count as
    /// no request, and nothing is kept of them for an outage.
    /// </summary>
    /// <param name="asOf">
    /// The coming moment that they are made for: keys are named and values computed as they will be then, and readers of the
    /// present do not see those names. Null for now.
    /// </param>
    /// <returns>What it costs.</returns>
    public static CacheTrace Begin(DateTimeOffset? asOf) => CacheAmbient.BeginPreloading(asOf);

    /// <summary>Reads generations from the primary database, before the data that they shall stand for.</summary>
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

    /// <summary>The generation of a tag: microseconds since the Unix epoch or one more than the one before; 0 where it was never evicted.</summary>
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
    /// Whether the value being computed is named by these generations of some of its tags, and of <c>*</c>. Equal, not at
    /// least: a generation from before a failover may be larger than one of the database that is the primary now.
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
