using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>One announcement in a list page.</summary>
internal sealed record ListRow
{
    /// <summary>Page and place of the row, for error messages.</summary>
    public required string Place { get; init; }

    public required string Title { get; init; }

    /// <summary>Address of the detail page, as requests use it.</summary>
    public required Uri Address { get; init; }

    public string? Status { get; init; }

    public string? Ministry { get; init; }

    /// <summary>Start of applications, as written.</summary>
    public string? Start { get; init; }

    /// <summary>End of applications, as written.</summary>
    public string? Deadline { get; init; }

    /// <summary>Date of publication, as written.</summary>
    public string? Published { get; init; }
}

/// <summary>A row, or the reason why it cannot be read.</summary>
internal readonly record struct ListRowResult(ListRow? Row, RowError? Error);

/// <summary>A list page: its rows, and whether its pager names a later page.</summary>
internal sealed partial record ListPage(ImmutableArray<ListRowResult> Rows, bool HasNext)
{
    private const int LongestNumber = 6;

    /// <summary>
    /// Whether a pager links to a later page. Pagers differ: the page's number stands in the text, in the link ("pageIndex=11")
    /// or in a script call ("fn_link_page(11)"); pages after the shown ten have only a "next". A longer number is an id or a
    /// date, and does not count.
    /// </summary>
    public static bool NamesLaterPage(IHtmlDocument document, string pager, int page)
    {
        foreach (var link in Html.All(document, pager).SelectMany(static element => element.QuerySelectorAll("a")))
        {
            if (!IsDisabled(link)
                && (IsLater(Html.Line(link), page) || Leads(link.GetAttribute("href"), page) || Leads(link.GetAttribute("onclick"), page)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDisabled(IElement link) =>
        link.ClassList.Contains("disabled") || string.Equals(link.GetAttribute("aria-disabled"), "true", StringComparison.OrdinalIgnoreCase);

    private static bool Leads(string? target, int page)
    {
        if (target is not null)
        {
            foreach (Match match in PageNumberRegex().Matches(target))
            {
                if (IsLater(match.Groups["n"].ValueSpan, page))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsLater(ReadOnlySpan<char> text, int page) =>
        text.Length <= LongestNumber && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > page;

    // A parameter that names a page, not how many rows one has (pageUnit, pageSize), or the first argument of a call.
    [GeneratedRegex(
        @"[?&;](?:(?:current|cur|now|go|c)_?)?page(?:_?(?:index|idx|no|num|number))?=(?<n>[0-9]+)"
        + @"|[A-Za-z0-9_$]\(\s{0,3}['""]?(?<n>[0-9]+)['""]?\s{0,3}[,)]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageNumberRegex();
}
