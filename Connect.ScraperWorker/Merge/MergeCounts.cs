namespace Connect.ScraperWorker.Merge;

/// <summary>The counts of a merge.</summary>
/// <param name="New">Programs that were not known.</param>
/// <param name="Changed">Known programs with other content or another address.</param>
/// <param name="Unchanged">Known programs without a change.</param>
internal sealed record MergeCounts(int New, int Changed, int Unchanged)
{
    /// <summary>Open programs that no board has any more.</summary>
    public int Vanished { get; init; }

    /// <summary>New addresses of known programs.</summary>
    public int Reposted { get; init; }
}
