namespace Connect.ScraperWorker.Check;

/// <summary>Why a run is not believed.</summary>
internal enum Suspicion
{
    /// <summary>The board lists nothing, and listed something before.</summary>
    NothingListed,

    /// <summary>The board's pages are no longer of the known layout.</summary>
    LayoutLost,

    /// <summary>Most rows could not be read.</summary>
    MostUnreadable,

    /// <summary>Most open calls would be gone.</summary>
    MostVanished,
}

/// <summary>A run that must change nothing: to believe it would empty the database.</summary>
internal sealed class SuspiciousRunException(Suspicion reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public Suspicion Reason => reason;
}
