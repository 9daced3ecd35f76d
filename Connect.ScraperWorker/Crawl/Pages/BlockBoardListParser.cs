using AngleSharp.Dom;
using Connect.Domain.KoreanText;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Parses the list of a board of blocks, with the dates as "label value" items.</summary>
internal static class BlockBoardListParser
{
    /// <exception cref="BoardException">The list is not there.</exception>
    public static ListPage Parse(string page, Uri address, int number, BoardOptions board)
    {
        using var document = Html.Parse(page);

        // Some boards have one list around all blocks, others one around each.
        var lists = document.QuerySelectorAll(board.Blocks.List);
        if (lists.Length == 0)
        {
            throw new BoardException($"list page {number} has lost its list", BoardFailure.LayoutLost);
        }

        var links = new DetailLinks(document, address, board);
        var place = 0;
        return ListPage.Of(
            lists.SelectMany(list => list.QuerySelectorAll(board.Blocks.Item)).Distinct()
                .Select(item => Row(item, links, $"page {number}, row {++place}", board)),
            board.Paging.Parameter.Length > 0 && ListPage.NamesLaterPage(document, board.Paging.Pager, number));
    }

    private static ListRowResult Row(IElement item, DetailLinks links, string place, BoardOptions board)
    {
        var titles = item.QuerySelectorAll(board.Blocks.Link);
        if (links.Find([.. titles, item]) is not var (link, address))
        {
            return links.PointElsewhere(item) ? ListRowResult.Elsewhere : new(null, new(place, "no link to a detail page"));
        }

        var info = LabelValues.From(Html.All(item, board.Blocks.Fields).Select(entry => Pair(entry, board)));
        var title = Part(RowField.Title) ?? Html.Line(link == item && titles.Length > 0 ? titles[0] : link);
        return new(RowReader.Read(place, title, address, field => Part(field) ?? info.First(RowNames.Of(board, field))), null);

        string? Part(RowField field) =>
            board.Blocks.Parts.TryGetValue(field, out var selector) && Html.All(item, selector).FirstOrDefault() is { } part && Html.Shown(part) is { Length: > 0 } text
                ? text
                : null;
    }

    private static KeyValuePair<string, string> Pair(IElement entry, BoardOptions board)
    {
        if (entry.LocalName == "dt")
        {
            return new(Html.Line(entry), entry.NextElementSibling is { LocalName: "dd" } value ? Html.Line(value) : string.Empty);
        }

        var line = Html.Line(entry);
        var label = Html.Line(Html.All(entry, board.Blocks.Label).FirstOrDefault());
        if (label.Length > 0 && line.StartsWith(label, StringComparison.Ordinal))
        {
            return new(label.TrimEnd(' ', ':', '：'), line[label.Length..].TrimStart(' ', ':', '：'));
        }

        return LabelValues.Split(line) ?? new(string.Empty, string.Empty);
    }
}
