using AngleSharp.Dom;
using Connect.ScraperWorker.Sources.Pages;
using Connect.ScraperWorker.Sources.Text;

namespace Connect.ScraperWorker.Sources.Keit;

/// <summary>The list of KEIT: blocks instead of a table, with the dates as "label value" items.</summary>
internal static class KeitListParser
{
    /// <summary>Reads a list page.</summary>
    /// <exception cref="BoardException">The list is not there.</exception>
    public static ListPage Parse(string page, Uri address, int number)
    {
        using var document = Html.Parse(page);
        var list = document.QuerySelector(".ancm_list")
            ?? throw new BoardException($"list page {number} has lost its list", BoardFailure.LayoutLost);
        var place = 0;
        return new(
            [.. list.QuerySelectorAll(".ancm_item").Select(item => Row(item, address, $"page {number}, row {++place}"))],
            ListPage.NamesLaterPage(document, ".page_num", number));
    }

    private static ListRowResult Row(IElement item, Uri address, string place)
    {
        var link = item.QuerySelector(".subject a[href]");
        if (!Links.TryResolve(address, link?.GetAttribute("href"), out var detail))
        {
            return new(null, new(place, "no link to a detail page"));
        }

        var info = LabelValues.From(item.QuerySelectorAll(".info li").Select(entry =>
        {
            var label = Html.Line(entry.QuerySelector("span"));
            var line = Html.Line(entry);
            return KeyValuePair.Create(label, line.Length > label.Length ? line[label.Length..] : string.Empty);
        }));
        return new(
            new()
            {
                Place = place,
                Title = Titles.Clean(Html.Line(link)),
                Address = detail,
                Status = info.First("상태"),
                Published = info.First("공고일"),
                Deadline = info.First("접수기간"),
            },
            null);
    }
}
