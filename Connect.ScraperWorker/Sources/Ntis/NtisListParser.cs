using AngleSharp.Dom;
using Connect.ScraperWorker.Sources.Pages;

namespace Connect.ScraperWorker.Sources.Ntis;

/// <summary>The portal's list: eight columns, the first one without use.</summary>
internal static class NtisListParser
{
    private const int Columns = 8;
    private const int Status = 2;
    private const int Title = 3;
    private const int Ministry = 4;
    private const int Start = 5;
    private const int Deadline = 6;

    /// <summary>Reads a list page.</summary>
    /// <exception cref="BoardException">The table is not there.</exception>
    public static ListPage Parse(string page, Uri address, int number)
    {
        using var document = Html.Parse(page);
        var table = TableRows.Find(document, "공고명", "부처명", "마감일")
            ?? throw new BoardException($"list page {number} has lost its table", BoardFailure.LayoutLost);
        var place = 0;
        return new(
            [.. TableRows.Cells(table).Select(cells => Row(cells, address, $"page {number}, row {++place}"))],
            ListPage.NamesLaterPage(document, ".pagination", number));
    }

    private static ListRowResult Row(IHtmlCollection<IElement> cells, Uri address, string place)
    {
        if (cells.Length != Columns)
        {
            return new(null, new(place, $"{cells.Length} columns instead of {Columns}"));
        }

        var link = cells[Title].QuerySelector("a[href]");
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
                Status = Html.Line(cells[Status]),
                Ministry = Html.Line(cells[Ministry]),
                Start = Html.Line(cells[Start]),
                Deadline = Html.Line(cells[Deadline]),
            },
            null);
    }
}
