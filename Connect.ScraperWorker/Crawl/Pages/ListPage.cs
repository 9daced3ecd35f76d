using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Connect.ScraperWorker.Crawl.Http;

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

    /// <summary>The agency that announces.</summary>
    public string? AnnouncingAgency { get; init; }

    /// <summary>The board's own word for what the announcement is.</summary>
    public string? Type { get; init; }

    /// <summary>Start of applications, as written.</summary>
    public string? Start { get; init; }

    /// <summary>End of applications, as written.</summary>
    public string? Deadline { get; init; }

    /// <summary>Date of publication, as written.</summary>
    public string? Published { get; init; }

    /// <summary>Whole won, as written; 0 where it is not stated.</summary>
    public string? Budget { get; init; }

    /// <summary>Who can apply.</summary>
    public string? Audience { get; init; }

    /// <summary>The announcement's text, where the list has it.</summary>
    public string? Text { get; init; }
}

/// <summary>A row, or the reason why it cannot be read; neither where it belongs to another board and leads nowhere from here.</summary>
internal readonly record struct ListRowResult(ListRow? Row, RowError? Error)
{
    /// <summary>A row without an address of its own, of a board that is read at its own place (<see cref="Boards.BoardOptions.PointsTo"/>).</summary>
    public static ListRowResult Elsewhere => default;

    /// <summary>Whether the row counts: it is an announcement of this board, or cannot be read.</summary>
    public bool Counts => Error is not null || (Row is { } row && !RowReader.IsTest(row.Title));
}

/// <summary>A list page: its rows, and whether its pager names a later page.</summary>
internal sealed partial record ListPage(ImmutableArray<ListRowResult> Rows, bool HasNext)
{
    private const int LongestNumber = 6;

    /// <summary>The page itself, of the first list page of a crawl only: later ones are not held in memory.</summary>
    public ReadPage? Source { get; init; }

    /// <summary>A page of these rows, without those that do not count.</summary>
    public static ListPage Of(IEnumerable<ListRowResult> rows, bool hasNext) =>
        new([.. rows.Where(static row => row.Counts)], hasNext);

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
