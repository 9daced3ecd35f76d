using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// Finds the table of a list page by its headings, because class names change more often, and the cells of its rows. Tables
/// within cells and around the list have rows of their own, which do not count.
/// </summary>
internal static class TableRows
{
    /// <summary>Rows that are searched for headings: one or two rows with the number of announcements may stand above.</summary>
    private const int FirstRows = 3;

    // Tables for narrow screens repeat the heading in each cell, and some drop the row of headings.
    private static readonly string[] NamesOfCells = ["data-title", "data-label", "data-th"];

    /// <summary>The first table with all these words in its headings, blanks aside; null where there is none.</summary>
    public static ListTable? Find(IHtmlDocument document, params IReadOnlyCollection<string> headings)
    {
        foreach (var table in document.QuerySelectorAll("table"))
        {
            // Headings in two rows belong together.
            var head = Rows(table, static section => section == "thead").ToList();
            if (HasAll(Texts(head.SelectMany(OwnCells)), headings))
            {
                return new(table, head);
            }

            foreach (var row in Rows(table, static _ => true).Take(FirstRows))
            {
                if (HasAll(Texts(OwnCells(row)), headings))
                {
                    return new(table, [row]);
                }

                if (HasAll(OwnCells(row).Select(NamedBy), headings))
                {
                    return new(table, []);
                }
            }
        }

        return null;
    }

    /// <summary>The headings of all tables of a page that has not the expected one, for the message about that.</summary>
    public static IEnumerable<string> AllHeadings(IHtmlDocument document) =>
        document.QuerySelectorAll("th").Select(static cell => Html.Line(cell)).Where(static text => text.Length > 0).Distinct();

    /// <summary>A table's own rows, of the wanted sections.</summary>
    internal static IEnumerable<IElement> Rows(IElement table, Func<string, bool> wanted) =>
        table.Children.Where(section => section.LocalName is "thead" or "tbody" && wanted(section.LocalName))
            .SelectMany(static section => section.Children)
            .Where(static row => row.LocalName == "tr");

    /// <summary>A row's own cells.</summary>
    internal static List<IElement> OwnCells(IElement row) => [.. row.Children.Where(static cell => cell.LocalName is "td" or "th")];

    /// <summary>The heading that a cell names for itself; empty where it names none.</summary>
    internal static string NamedBy(IElement cell) =>
        Condense(NamesOfCells.Select(name => cell.GetAttribute(name)).FirstOrDefault(static text => !string.IsNullOrEmpty(text)) ?? "");

    /// <summary>A text without blanks: boards write 제목 also as "제 목".</summary>
    internal static string Condense(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);

    private static IEnumerable<string> Texts(IEnumerable<IElement> cells) =>
        cells.Where(static cell => cell.QuerySelector("table") is null).Select(static cell => Condense(Html.Line(cell)));

    private static bool HasAll(IEnumerable<string> cells, IReadOnlyCollection<string> headings)
    {
        var texts = cells.Where(static text => text.Length > 0).ToList();
        return texts.Count > 0
            && headings.All(heading => texts.Exists(text => text.Contains(Condense(heading), StringComparison.Ordinal)));
    }
}
