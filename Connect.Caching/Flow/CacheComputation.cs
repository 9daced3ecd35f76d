namespace Connect.Caching.Flow;

/// <summary>A running factory, with the generations that its value will be stored under.</summary>
public sealed class CacheComputation
{
    private readonly string[] _rows;
    private readonly long[] _generations;
    private readonly CacheComputation? _outer;
    private int _queries;

    /// <param name="rows">The rows of its entry's tags.</param>
    /// <param name="generations">Their generations.</param>
    /// <param name="asOf">The future moment that it is for; null for now.</param>
    /// <param name="outer">The computation whose factory reads the value; null if none does.</param>
    internal CacheComputation(string[] rows, long[] generations, DateTimeOffset? asOf, CacheComputation? outer = null) =>
        (_rows, _generations, AsOf, _outer) = (rows, generations, asOf, outer);

    /// <summary>The computation of the factory that is running here; null outside of factories.</summary>
    public static CacheComputation? Current => CacheAmbient.Current?.Computation;

    /// <summary>The future moment that the value is computed for; null for now.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>Its database commands, those of computations that it waited for included.</summary>
    internal int Queries => Volatile.Read(ref _queries);

    /// <summary>The generation of one of the entry's tags, as read before the computation began.</summary>
    /// <exception cref="ArgumentException">The entry does not have this tag.</exception>
    public long GenerationOf(string tag)
    {
        var place = Array.IndexOf(_rows, CacheTags.RowOf(tag));
        return place >= 0 ? _generations[place] : throw new ArgumentException($"The value being computed is not tagged '{tag}'.", nameof(tag));
    }

    /// <summary>
    /// Whether the value is named by these generations of some of its tags, and of <c>*</c>: then data that was read after
    /// the generations is new enough for it. They must be equal, because after a failover an older generation may be
    /// larger than the new primary's.
    /// </summary>
    /// <param name="generations">By tag, from <see cref="CachePreloading.ReadGenerationsAsync"/>.</param>
    /// <param name="tags">The tags to compare.</param>
    /// <exception cref="ArgumentException">The entry does not have one of the tags.</exception>
    /// <exception cref="KeyNotFoundException">One of the tags was not read.</exception>
    public bool IsNamedBy(IReadOnlyDictionary<string, long> generations, params ReadOnlySpan<string> tags)
    {
        ArgumentNullException.ThrowIfNull(generations);
        foreach (var tag in (ReadOnlySpan<string>)[CacheTags.Everything, .. tags])
        {
            if (GenerationOf(tag) != generations[tag])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the value may be stored.</summary>
    internal bool IsStored { get; private set; } = true;

    /// <summary>
    /// Returns the factory's value to its callers without storing it in any tier: the next read computes again. Callers
    /// that joined the computation get the same object.
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
