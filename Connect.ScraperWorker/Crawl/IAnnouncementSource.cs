using Connect.Domain.Programs;

namespace Connect.ScraperWorker.Crawl;

/// <summary>A board family: how one shape of board is walked, from list pages to details.</summary>
internal interface IAnnouncementSource
{
    /// <summary>The agency whose board this source reads.</summary>
    Agency Agency { get; }

    /// <summary>
    /// Walks the board's pages and yields one result a row. A malformed row or an unreadable detail page costs only
    /// itself. A list page that cannot be fetched or has lost its layout ends the walk with a <see cref="BoardException"/>,
    /// and so do several detail pages in a row.
    /// </summary>
    /// <param name="memory">What earlier walks have left; asked once a list page.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    IAsyncEnumerable<RowResult> ReadAsync(IKnownPostings memory, CancellationToken cancellationToken);

    /// <summary>
    /// Looks whether a posting that the list no longer has is still there: <see cref="RowOutcome.Gone"/>,
    /// <see cref="RowOutcome.Lost"/> or <see cref="RowOutcome.Present"/>; null where the board did not answer.
    /// </summary>
    Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken);
}
