using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Crawl;

/// <summary>A detail page and the board that it belongs to.</summary>
/// <param name="Agency">The board's agency.</param>
/// <param name="Board">The board.</param>
/// <param name="Address">The page's address in the form of that board.</param>
internal readonly record struct OwnedPage(Agency Agency, BoardOptions Board, Uri Address);

/// <summary>
/// Tells which board a page belongs to that a row of one leads to: to this one, or to another that it points to. The page of another
/// board is read by that one's layout, and its announcement gets the identity that it has there, so that both boards' rows are one program.
/// </summary>
internal sealed class PageOwners(Agency agency, BoardOptions board, Func<Agency, BoardOptions> boards)
{
    /// <summary>The owner of the page at an address.</summary>
    public OwnedPage Of(Uri address)
    {
        foreach (var other in board.PointsTo)
        {
            if (DetailAddress.Of(address, boards(other)) is { } settled)
            {
                return new(other, boards(other), settled);
            }
        }

        return new(agency, board, DetailAddress.Of(address, board) ?? address);
    }
}
