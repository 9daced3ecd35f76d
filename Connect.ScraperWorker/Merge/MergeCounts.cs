namespace Connect.ScraperWorker.Merge;

/// <summary>What came of a run.</summary>
/// <param name="New">Calls that were not known.</param>
/// <param name="Changed">Known calls that are another than before, or stand elsewhere.</param>
/// <param name="Unchanged">Known calls as they were.</param>
internal sealed record MergeCounts(int New, int Changed, int Unchanged)
{
    /// <summary>Open calls that no board has any more.</summary>
    public int Vanished { get; init; }

    /// <summary>New addresses of known calls.</summary>
    public int Reposted { get; init; }
}
