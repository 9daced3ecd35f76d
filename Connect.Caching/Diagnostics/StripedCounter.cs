namespace Connect.Caching.Diagnostics;

/// <summary>
/// A total that many threads raise at once: each processor has a cell of its own, far enough from the next that they
/// do not share a cache line. Raising allocates nothing; reading adds the cells up.
/// </summary>
internal sealed class StripedCounter
{
    // 128 bytes: processors fetch cache lines in pairs.
    private const int CellWidth = 16;
    private const int MaxStripes = 16;

    private static readonly int Stripes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2(
        (uint)Math.Min(Environment.ProcessorCount, MaxStripes));

    // One cell more than stripes, so that the first one does not share its line with the array's header.
    private readonly long[] _cells = new long[(Stripes + 1) * CellWidth];

    /// <summary>The total so far.</summary>
    public long Value
    {
        get
        {
            var sum = 0L;
            for (var cell = CellWidth; cell < _cells.Length; cell += CellWidth)
            {
                sum += Volatile.Read(ref _cells[cell]);
            }

            return sum;
        }
    }

    /// <summary>Raises the total; gives back the cell's own count, for whoever wants to act on some of many.</summary>
    public long Increment() => Interlocked.Increment(ref _cells[((Thread.GetCurrentProcessorId() & (Stripes - 1)) + 1) * CellWidth]);
}
