using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl;

/// <summary>
/// The postings of earlier crawls of a board, so that a crawl can request their pages conditionally; and the place for its first list page.
/// </summary>
internal interface IKnownPostings
{
    /// <summary>The known postings by address; unknown addresses are left out.</summary>
    Task<IReadOnlyDictionary<string, KnownPosting>> FindKnownAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellationToken);

    /// <summary>The titles of all of the board's postings by address, the oldest first.</summary>
    Task<IReadOnlyDictionary<string, string>> FindTitlesAsync(CancellationToken cancellationToken);

    /// <summary>Called with the crawl's first list page, which shows what the board listed if the run turns out to be suspicious.</summary>
    void KeepFirst(ReadPage list)
    {
    }
}

/// <summary>A posting as it was last read.</summary>
/// <param name="ListHash">Hash of its row in the list.</param>
/// <param name="Validators">The validators of its page.</param>
/// <param name="InThisRun">Whether an earlier attempt of the same run has read it.</param>
internal sealed record KnownPosting(string ListHash, PageValidators Validators, bool InThisRun);
