namespace Connect.Benchmarks.Freshness.Load;

/// <summary>
/// Permits at a fixed rate, independent of earlier ones: an open loop, so a slow system does not get fewer requests.
/// Bounded: permits that are not taken for a while are dropped and counted.
/// </summary>
internal sealed class Pace(double perSecond, int bound) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private readonly SemaphoreSlim _permits = new(0);
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

    public Task WaitAsync(CancellationToken cancellationToken) => _permits.WaitAsync(cancellationToken);

    /// <summary>Hands out permits until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(perSecond >= 100 ? Tick : TimeSpan.FromMilliseconds(5));
        var startedAt = Stopwatch.GetTimestamp();
        long handed = 0;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var due = (long)(Stopwatch.GetElapsedTime(startedAt).TotalSeconds * perSecond) - handed;
            handed += due;
            var room = Math.Max(0, bound - _permits.CurrentCount);
            Interlocked.Add(ref _dropped, Math.Max(0, due - room));
            if (Math.Min(due, room) is > 0 and var release)
            {
                _permits.Release((int)release);
            }
        }
    }

    public void Dispose() => _permits.Dispose();
}
