using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Parses the list of a board with a table, and of a portal.</summary>
internal static class TableBoardListParser
{
    /// <exception cref="BoardException">The table is not there.</exception>
    public static ListPage Parse(string page, Uri address, int number, BoardOptions board)
    {
        using var document = Html.Parse(page);
        var headings = board.Table.Headings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var table = TableRows.Find(document, headings)
            ?? throw new BoardException($"list page {number} has lost its table", BoardFailure.LayoutLost);
        var links = new DetailLinks(document, address, board);
        var place = 0;
        return new(
            [.. table.Rows().Select(row => Row(row, links, $"page {number}, row {++place}", board.Table))],
            board.Paging.Parameter.Length > 0 && ListPage.NamesLaterPage(document, board.Paging.Pager, number));
    }

    private static ListRowResult Row(TableRow row, DetailLinks links, string place, TableLayout layout)
    {
        var title = layout.TitleColumn ?? throw new InvalidOperationException("a table needs a column of titles");
        if (layout.Columns is { } columns && row.Cells.Count != columns)
        {
            return new(null, new(place, $"{row.Cells.Count} columns instead of {columns}"));
        }

        if (row.Cells.Count <= Math.Max(title, layout.DateColumn ?? 0))
        {
            return new(null, new(place, $"only {row.Cells.Count} columns"));
        }

        // Some boards have no link in the title's cell, but a script call on the whole row.
        var cell = row.Cells[title];
        if ((links.Find(cell) ?? links.FindItself(row.Element)) is not var (link, address))
        {
            return new(null, new(place, "no link to a detail page"));
        }

        return new(
            new()
            {
                Place = place,
                Title = Titles.Clean(Html.Line(link == row.Element ? cell : link)),
                Address = address,
                Status = row.Text(layout.StatusColumn),
                Ministry = row.Text(layout.MinistryColumn),
                Published = row.Text(layout.DateColumn),
                Start = row.Text(layout.StartColumn),
                Deadline = row.Text(layout.DeadlineColumn),
            },
            null);
    }
}
