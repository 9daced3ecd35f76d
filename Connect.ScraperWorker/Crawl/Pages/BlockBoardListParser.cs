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
        var list = document.QuerySelector(board.Blocks.List)
            ?? throw new BoardException($"list page {number} has lost its list", BoardFailure.LayoutLost);
        var links = new DetailLinks(document, address, board);
        var place = 0;
        return new(
            [.. list.QuerySelectorAll(board.Blocks.Item).Select(item => Row(item, links, $"page {number}, row {++place}", board))],
            board.Paging.Parameter.Length > 0 && ListPage.NamesLaterPage(document, board.Paging.Pager, number));
    }

    private static ListRowResult Row(IElement item, DetailLinks links, string place, BoardOptions board)
    {
        var titles = item.QuerySelectorAll(board.Blocks.Link);
        if (links.Find([.. titles, item]) is not var (link, address))
        {
            return new(null, new(place, "no link to a detail page"));
        }

        var info = LabelValues.From(Html.All(item, board.Blocks.Fields).Select(entry => Pair(entry, board)));
        return new(
            new()
            {
                Place = place,
                Title = Titles.Clean(Html.Line(link == item && titles.Length > 0 ? titles[0] : link)),
                Address = address,
                Status = info.First("상태", "접수상태", "진행상태"),
                Published = info.First("공고일", "등록일", "게시일", "작성일"),
                Deadline = info.First("접수기간", "신청기간", "마감일", "접수마감일"),
            },
            null);
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
            return new(label, line[label.Length..].TrimStart(' ', ':', '：'));
        }

        return LabelValues.Split(line) ?? new(string.Empty, string.Empty);
    }
}
