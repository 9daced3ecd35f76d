using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Connect.ScraperWorker.Sources.Pages;

/// <summary>What a list page says of one announcement.</summary>
internal sealed record ListRow
{
    /// <summary>Where the row stands: page and place, for error messages.</summary>
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

/// <summary>A row: what it says, or why it cannot be read.</summary>
internal readonly record struct ListRowResult(ListRow? Row, RowError? Error);

/// <summary>A list page: its rows, and whether its pager names a later page.</summary>
internal sealed record ListPage(ImmutableArray<ListRowResult> Rows, bool HasNext)
{
    /// <summary>
    /// Whether a pager links to a later page. Pagers differ (links, script calls); all of them name the number of
    /// the page in the text or the link.
    /// </summary>
    public static bool NamesLaterPage(IHtmlDocument document, string pager, int page)
    {
        foreach (var link in document.QuerySelectorAll(pager + " a"))
        {
            if (int.TryParse(Html.Line(link), out var number) && number > page)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of a cell; empty where the row has no such cell.</summary>
    public static string Cell(IHtmlCollection<IElement> cells, int? index) =>
        index is { } i && i < cells.Length ? Html.Line(cells[i]) : string.Empty;
}
