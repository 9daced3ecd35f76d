using Connect.Caching.Layers;

namespace Connect.Caching.Flow;

/// <summary>The factory that is running: the generations under whose name its value will be stored.</summary>
public sealed class CacheComputation
{
    private readonly string[] _rows;
    private readonly long[] _generations;
    private readonly CacheComputation? _outer;
    private int _queries;

    /// <param name="rows">The rows of its entry's tags.</param>
    /// <param name="generations">Their generations.</param>
    /// <param name="asOf">The coming moment that it is for; null for now.</param>
    /// <param name="outer">The computation that reads its value; null where a caller does.</param>
    internal CacheComputation(string[] rows, long[] generations, DateTimeOffset? asOf, CacheComputation? outer = null) =>
        (_rows, _generations, AsOf, _outer) = (rows, generations, asOf, outer);

    /// <summary>The computation in whose factory the caller runs; null elsewhere.</summary>
    public static CacheComputation? Current => CacheAmbient.Current?.Computation;

    /// <summary>The coming moment that the value is computed for; null for now.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>Database commands run for it, those of computations that it had to wait for included: what its value cost.</summary>
    internal int Queries => Volatile.Read(ref _queries);

    /// <summary>The generation of one of the entry's tags, as read before the computation began.</summary>
    /// <exception cref="ArgumentException">The entry does not have this tag.</exception>
    public long GenerationOf(string tag)
    {
        var place = Array.IndexOf(_rows, CacheTags.RowOf(tag));
        return place >= 0 ? _generations[place] : throw new ArgumentException($"The value being computed is not tagged '{tag}'.", nameof(tag));
    }

    /// <summary>Whether the value is for those who wait for it only, and is stored nowhere.</summary>
    internal bool IsStored { get; private set; } = true;

    /// <summary>
    /// Makes the value that the factory is about to return one for its callers only: it is stored in no tier, and the next
    /// read computes anew. Callers that joined the computation get the same object.
    /// </summary>
    public void DoNotStore() => IsStored = false;

    internal void AddQuery()
    {
        for (var computation = this; computation is not null; computation = computation._outer)
        {
            Interlocked.Increment(ref computation._queries);
        }
    }
}
