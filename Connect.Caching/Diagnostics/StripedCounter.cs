namespace Connect.Caching.Diagnostics;

/// <summary>
/// A total for many concurrent threads: each processor has its own cell, on its own cache line. An increment allocates
/// nothing; reading adds the cells.
/// </summary>
internal sealed class StripedCounter
{
    // 128 bytes: processors fetch cache lines in pairs.
    private const int CellWidth = 16;
    private const int MaxStripes = 16;

    private static readonly int Stripes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2(
        (uint)Math.Min(Environment.ProcessorCount, MaxStripes));

    // One more cell than stripes, because the first one shares its line with the array's header.
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

    /// <summary>Increments the total; returns the cell's count, for sampling.</summary>
    public long Increment() => Interlocked.Increment(ref _cells[((Thread.GetCurrentProcessorId() & (Stripes - 1)) + 1) * CellWidth]);
}
