using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Parses the list of a board with a table.</summary>
internal static class TableBoardListParser
{
    /// <exception cref="BoardException">The table is not there, or has no column of titles.</exception>
    public static ListPage Parse(string page, Uri address, int number, BoardOptions board)
    {
        using var document = Html.Parse(page);
        var table = TableRows.Find(document, RowNames.Split(board.Table.Headings))
            ?? throw new BoardException($"list page {number} has lost its table", BoardFailure.LayoutLost);
        var columns = new TableColumns(table.Headings(), board);
        if (!columns.HasTitles && table.Rows().Any())
        {
            throw new BoardException($"list page {number} has no column of titles", BoardFailure.LayoutLost);
        }

        var links = new DetailLinks(document, address, board);
        var place = 0;
        return ListPage.Of(
            table.Rows().Select(row => Row(row, columns, links, $"page {number}, row {++place}")),
            board.Paging.Parameter.Length > 0 && ListPage.NamesLaterPage(document, board.Paging.Pager, number));
    }

    private static ListRowResult Row(TableRow row, TableColumns columns, DetailLinks links, string place)
    {
        if (columns.Fault(row) is { } fault)
        {
            return new(null, new(place, fault));
        }

        // Some boards have no link in the title's cell, but a script call on the whole row.
        var cell = columns.Cell(row, RowField.Title)!;
        if ((links.Find(cell) ?? links.FindItself(row.Element)) is not var (link, address))
        {
            return links.PointElsewhere(cell) ? ListRowResult.Elsewhere : new(null, new(place, "no link to a detail page"));
        }

        var title = Html.Line(link == row.Element ? cell : link);
        return new(RowReader.Read(place, title, address, field => columns.Cell(row, field) is { } shown ? Html.Shown(shown) : null), null);
    }
}
