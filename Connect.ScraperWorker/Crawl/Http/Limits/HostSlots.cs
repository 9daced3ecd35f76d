namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>
/// One host's reserved moments in this instance. At high rates they are reserved in blocks of about 100 ms, which makes at most
/// about ten queries a second. Moments that pass unused are lost.
/// </summary>
internal sealed class HostSlots(HostLimits limits, TimeProvider time, string host, TimeSpan spacing) : IDisposable
{
    private static readonly TimeSpan BlockLength = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly int _count = (int)Math.Max(1, Math.Ceiling(BlockLength / spacing));
    private readonly long _origin = time.GetTimestamp();

    // The block: its first moment as time since the origin, the index of the next one, and the number of pauses when reserved.
    private TimeSpan _first;
    private int _next = int.MaxValue;
    private int _pauses;

    /// <summary>Takes the next moment.</summary>
    /// <returns>The time until then.</returns>
    /// <param name="pauses">The number of pauses so far; moments reserved before the last of them are void.</param>
    /// <param name="longestWait">How far away a reserved moment may be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TimeSpan> TakeAsync(int pauses, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetElapsedTime(_origin);
            var next = Math.Max(_next, Math.Ceiling((now - _first) / spacing));
            if (next >= _count || pauses != _pauses)
            {
                var reservation = await limits.ReserveAsync(host, spacing, _count, longestWait, cancellationToken);
                if (!reservation.IsGranted)
                {
                    throw new BoardException(
                        $"{host} may not be asked before {reservation.At:u}: it asked for a pause, or too many requests are waiting",
                        BoardFailure.PausedByHost);
                }

                now = time.GetElapsedTime(_origin);
                (_first, _pauses, next) = (now + reservation.Wait, pauses, 0);
            }

            _next = (int)next + 1;
            return _first + (spacing * next) - now;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
