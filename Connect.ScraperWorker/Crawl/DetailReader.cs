using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Crawl;

/// <summary>Reads the announcement of a row from its detail page, and checks such pages.</summary>
internal sealed class DetailReader(Agency agency, BoardClient client, BoardOptions board, PageOwners owners, TimeProvider time)
{
    /// <summary>Reads a row's page, unless an earlier attempt of the run has, or the board answers that it is not modified.</summary>
    /// <returns>The row, the kind of failure where the board is to blame, and the page where it has lost its layout.</returns>
    public async Task<(RowResult Result, BoardFailure? Failure, ReadPage? Lost)> ReadAsync(
        ListRow row, string address, KnownPosting? known, CancellationToken cancellationToken)
    {
        var hash = Postings.HashOf(row, board);
        var isKnown = known?.ListHash == hash;
        if (isKnown && known!.InThisRun)
        {
            return (RowResult.ReadBefore(address, hash), null, null);
        }

        var owned = owners.Of(row.Address);
        if (!owned.Board.Detail.IsRead)
        {
            return (isKnown ? RowResult.NotModified(address, hash) : Read(DetailPage.Of(row), default), null, null);
        }

        if (!client.Allows(owned.Address))
        {
            return (Unreadable("the link leads to a host that is not on the allow-list"), null, null);
        }

        try
        {
            // A page within the page changes without the outer one.
            var hasFrame = owned.Board.Detail.Frame.Length > 0;
            var page = await client.GetAsync(owned.Address, isKnown && !hasFrame ? known!.Validators : null, cancellationToken);
            if (page is null)
            {
                return (Unreadable("the detail page is gone"), null, null);
            }

            if (page.NotModified)
            {
                return (RowResult.NotModified(address, hash), null, null);
            }

            var (detail, reason) = await ReadPageAsync(page.Text, owned, cancellationToken);
            return detail is null
                ? (Unreadable(reason!), BoardFailure.LayoutLost, new(owned.Address, page.Text, owned.Board, IsList: false))
                : (Read(detail, hasFrame ? default : page.Validators), null, null);
        }
        catch (BoardException exception)
        {
            // One failed page loses one row; three in a row fail the whole board.
            return (Unreadable(exception.Message), exception.Kind, null);
        }

        RowResult Read(DetailPage detail, PageValidators validators) => RowResult.Read(
            address, hash, AnnouncementComposer.Compose(agency, row, detail, board, time.GetUtcNow()) with { Origin = owned.Agency }, validators);

        RowResult Unreadable(string reason) => RowResult.Unreadable(address, new(row.Address.PathAndQuery, reason));
    }

    /// <summary>The missing check (<see cref="IAnnouncementSource.CheckMissingAsync"/>).</summary>
    public async Task<RowOutcome?> CheckMissingAsync(string address, CancellationToken cancellationToken)
    {
        var owned = owners.Of(Postings.Resolve(address, client.BaseAddress));
        try
        {
            var page = await client.GetAsync(owned.Address, cancellationToken);
            return page is null ? RowOutcome.Gone
                : owned.Board.Detail.IsRead && DetailPage.Read(page, owned.Board.Detail) is null ? RowOutcome.Lost
                : RowOutcome.Present;
        }
        catch (BoardException)
        {
            // No answer proves nothing about the posting.
            return null;
        }
    }

    private async Task<(DetailPage? Page, string? Reason)> ReadPageAsync(string page, OwnedPage owned, CancellationToken cancellationToken)
    {
        string? frame = null;
        if (DetailPage.FrameOf(page, owned.Board.Detail, owned.Address) is { } address)
        {
            if (!client.Allows(address))
            {
                return (null, "the page with the text is on a host that is not on the allow-list");
            }

            frame = await client.GetAsync(address, cancellationToken);
            if (frame is null)
            {
                return (null, "the page with the text is gone");
            }
        }

        return (DetailPage.Read(page, owned.Board.Detail, frame), "the detail page has not the known layout");
    }
}
