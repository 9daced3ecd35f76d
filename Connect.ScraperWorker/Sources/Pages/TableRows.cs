using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Connect.ScraperWorker.Sources.Pages;

/// <summary>Finds the table of a list page by its header, because class names change more often than headings.</summary>
internal static class TableRows
{
    /// <summary>The first table with all these words in its header row; null where there is none.</summary>
    public static IElement? Find(IHtmlDocument document, params ReadOnlySpan<string> headings)
    {
        foreach (var table in document.QuerySelectorAll("table"))
        {
            var header = Html.Line(table.QuerySelector("thead tr") ?? table.QuerySelector("tr"));
            var all = true;
            foreach (var heading in headings)
            {
                all &= header.Contains(heading, StringComparison.Ordinal);
            }

            if (all)
            {
                return table;
            }
        }

        return null;
    }

    /// <summary>The rows with cells. A single cell over the whole width says that there is nothing, and is no row.</summary>
    public static IEnumerable<IHtmlCollection<IElement>> Cells(IElement table)
    {
        foreach (var row in table.QuerySelectorAll("tbody > tr"))
        {
            var cells = row.QuerySelectorAll("td");
            if (cells.Length > 1 || (cells.Length == 1 && !cells[0].HasAttribute("colspan")))
            {
                yield return cells;
            }
        }
    }
}
