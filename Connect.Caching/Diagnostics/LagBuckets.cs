using System.Collections.Immutable;

namespace Connect.Caching.Diagnostics;

/// <summary>
/// Durations counted in 41 buckets from 100 µs to about 100 s, each √2 as wide as the one before. Counts of several
/// instances can be added, percentiles cannot.
/// </summary>
internal sealed class LagBuckets
{
    private const int Count = 41;
    private const double Smallest = 0.0001;

    private static readonly double[] Bounds = [.. Enumerable.Range(0, Count - 1).Select(place => Smallest * Math.Pow(2, place / 2.0))];

    private readonly long[] _counts = new long[Count];

    public void Record(double seconds)
    {
        var place = Array.BinarySearch(Bounds, seconds);
        Interlocked.Increment(ref _counts[place >= 0 ? place : ~place]);
    }

    public ImmutableArray<long> ToCounts() => [.. _counts.Select((_, place) => Volatile.Read(ref _counts[place]))];

    /// <summary>The upper bound, in seconds, of the percentile's bucket; null if nothing was counted.</summary>
    /// <param name="counts">Counts of one instance or the sum of several.</param>
    /// <param name="share">0.5 for the median.</param>
    public static double? PercentileOf(IReadOnlyList<long> counts, double share)
    {
        var wanted = (long)Math.Ceiling(counts.Sum() * share);
        if (wanted == 0)
        {
            return null;
        }

        var seen = 0L;
        for (var place = 0; place < counts.Count; place++)
        {
            seen += counts[place];
            if (seen >= wanted)
            {
                return Bounds[Math.Min(place, Bounds.Length - 1)];
            }
        }

        return Bounds[^1];
    }
}
