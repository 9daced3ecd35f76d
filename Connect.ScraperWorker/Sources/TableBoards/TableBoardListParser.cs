using AngleSharp.Dom;
using Connect.ScraperWorker.Sources.Pages;

namespace Connect.ScraperWorker.Sources.TableBoards;

/// <summary>The list of a board that is a table.</summary>
internal static class TableBoardListParser
{
    /// <summary>Reads a list page.</summary>
    /// <exception cref="BoardException">The table is not there.</exception>
    public static ListPage Parse(string page, Uri address, int number, TableBoardLayout layout)
    {
        using var document = Html.Parse(page);
        var table = TableRows.Find(document, "제목", "등록일")
            ?? throw new BoardException($"list page {number} has lost its table", BoardFailure.LayoutLost);
        var place = 0;
        return new(
            [.. TableRows.Cells(table).Select(cells => Row(cells, address, $"page {number}, row {++place}", layout))],
            layout.PageParameter is not null && ListPage.NamesLaterPage(document, ".paging", number));
    }

    private static ListRowResult Row(IHtmlCollection<IElement> cells, Uri address, string place, TableBoardLayout layout)
    {
        if (cells.Length <= Math.Max(layout.TitleColumn, layout.DateColumn))
        {
            return new(null, new(place, $"only {cells.Length} columns"));
        }

        var link = cells[layout.TitleColumn].QuerySelector("a[href]");
        if (!Links.TryResolve(address, link?.GetAttribute("href"), out var detail))
        {
            return new(null, new(place, "no link to a detail page"));
        }

        return new(
            new()
            {
                Place = place,
                Title = Titles.Clean(Html.Line(link)),
                Address = detail,
                Status = ListPage.Cell(cells, layout.StatusColumn),
                Published = Html.Line(cells[layout.DateColumn]),
            },
            null);
    }
}
