namespace Connect.Core.Caching;

/// <summary>The factory that is running: the numbers under whose name its value will be stored.</summary>
public sealed class CacheComputation
{
    private readonly string[] _counters;
    private readonly long[] _numbers;
    private int _queries;

    internal CacheComputation(string[] counters, long[] numbers, DateTimeOffset? asOf) =>
        (_counters, _numbers, AsOf) = (counters, numbers, asOf);

    /// <summary>The computation in whose factory the caller runs; null elsewhere.</summary>
    public static CacheComputation? Current => Diagnostics.CacheAmbient.Current?.Computation;

    /// <summary>The coming moment that the value is computed for; null for now.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>Database commands run for it; those of values that it reads through the cache are theirs.</summary>
    internal int Queries => Volatile.Read(ref _queries);

    /// <summary>The number of one of the entry's tags, as read before the computation began.</summary>
    /// <exception cref="ArgumentException">The entry does not have this tag.</exception>
    public long GenerationOf(string tag)
    {
        var place = Array.IndexOf(_counters, CacheTags.CounterOf(tag));
        return place >= 0 ? _numbers[place] : throw new ArgumentException($"The value being computed is not tagged '{tag}'.", nameof(tag));
    }

    internal void AddQuery() => Interlocked.Increment(ref _queries);
}
