namespace Connect.ScraperWorker.Warming;

/// <summary>Counts of one warming, raised from several computations at a time.</summary>
internal sealed class WarmingProgress(WarmingMetrics metrics)
{
    private int _organizations;
    private int _warmed;
    private int _skipped;
    private int _failed;
    private int _queries;

    public WarmingCounts Counts => new(
        Volatile.Read(ref _organizations), Volatile.Read(ref _warmed), Volatile.Read(ref _skipped), Volatile.Read(ref _failed),
        Volatile.Read(ref _queries));

    /// <summary>Begins a pass: restarts all counts but the queries, which earlier passes have cost too.</summary>
    public void Begin(int organizations) => (_organizations, _warmed, _skipped, _failed) = (organizations, 0, 0, 0);

    public void Warmed()
    {
        Interlocked.Increment(ref _warmed);
        metrics.Organization(WarmingMetrics.Warmed);
    }

    public void Skipped()
    {
        Interlocked.Increment(ref _skipped);
        metrics.Organization(WarmingMetrics.Skipped);
    }

    public void Failed()
    {
        Interlocked.Increment(ref _failed);
        metrics.Organization(WarmingMetrics.Failed);
    }

    public void Queried(int count) => Interlocked.Add(ref _queries, count);
}
