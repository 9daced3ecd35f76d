using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl;

/// <summary>What earlier walks over a board have left, so that a walk need not fetch everything anew.</summary>
internal interface IKnownPostings
{
    /// <summary>What is known of these addresses; those of which nothing is known are left out.</summary>
    Task<IReadOnlyDictionary<string, KnownPosting>> FindKnownAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellationToken);
}

/// <summary>A posting as it was last read.</summary>
/// <param name="ListHash">Hash of what the list said.</param>
/// <param name="Validators">What its page came with.</param>
/// <param name="InThisRun">Whether an earlier attempt of the same run has read it.</param>
internal sealed record KnownPosting(string ListHash, PageValidators Validators, bool InThisRun);
