using Connect.Core.Programs;

namespace Connect.ScraperWorker.Sources;

/// <summary>A board family: how one shape of board is walked, from list pages to details.</summary>
internal interface IAnnouncementSource
{
    /// <summary>The agency whose board this source reads.</summary>
    Agency Agency { get; }

    /// <summary>
    /// Walks the board's pages and yields one result a row: an announcement, or what made the row unreadable.
    /// A malformed row costs only itself. A page that cannot be fetched or that has lost its layout ends the
    /// walk with a <see cref="BoardException"/>.
    /// </summary>
    /// <param name="cancellationToken">Stops the walk.</param>
    IAsyncEnumerable<RowResult> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>What became of one row of a board: exactly one of the two is set.</summary>
/// <param name="Announcement">The announcement that was read.</param>
/// <param name="Error">Why the row could not be read, in one sentence, without page content.</param>
internal readonly record struct RowResult(ScrapedAnnouncement? Announcement, RowError? Error);

/// <summary>A row that could not be read.</summary>
/// <param name="Row">Which row: its address or its place on the page.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record RowError(string Row, string Reason);

/// <summary>A board that cannot be read: unreachable, off the allow-list, or no longer of the known layout.</summary>
internal sealed class BoardException : Exception
{
    public BoardException(string message)
        : base(message)
    {
    }

    public BoardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
