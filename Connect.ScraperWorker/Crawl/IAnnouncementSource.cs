using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl;

/// <summary>One board: the crawl of its list and detail pages, and the missing check of single postings.</summary>
internal interface IAnnouncementSource
{
    /// <summary>The board's agency.</summary>
    Agency Agency { get; }

    /// <summary>
    /// Crawls the board's pages and yields one result a row. A malformed row or an unreadable detail page loses only its own
    /// row. A list page that cannot be fetched or has lost its layout ends the crawl with a <see cref="BoardException"/>, and
    /// so do several unreadable detail pages in a row.
    /// </summary>
    /// <param name="postings">The postings of earlier crawls; queried once a list page.</param>
    /// <param name="cancellationToken">Stops the crawl.</param>
    IAsyncEnumerable<RowResult> ReadAsync(IKnownPostings postings, CancellationToken cancellationToken);

    /// <summary>
    /// The missing check of a posting that the list no longer shows: <see cref="RowOutcome.Gone"/>, <see cref="RowOutcome.Lost"/>
    /// or <see cref="RowOutcome.Present"/>; null where the board did not answer.
    /// </summary>
    Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken);
}
