using System.Globalization;
using AngleSharp.Dom;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>A row of a list's table.</summary>
/// <param name="Element">The row itself.</param>
/// <param name="Cells">Its cells, one a column.</param>
internal readonly record struct TableRow(IElement Element, IReadOnlyList<IElement> Cells);

/// <summary>The table of a list page.</summary>
/// <param name="Element">The table.</param>
/// <param name="Heads">The rows with the headings; none where each cell names its own (<c>data-title</c>).</param>
internal sealed record ListTable(IElement Element, IReadOnlyList<IElement> Heads)
{
    /// <summary>The headings by column, of several rows all that stand above it; of a table without, those that its first row's cells name.</summary>
    public IReadOnlyList<string> Headings()
    {
        var reaching = new (IElement? Cell, int Rows)[TableLayout.MostColumns];
        List<List<IElement>> rows = [.. Heads.Select(row => Place(TableRows.OwnCells(row), reaching))];
        return rows.Count == 0
            ? [.. Rows().Take(1).SelectMany(static row => row.Cells).Select(TableRows.NamedBy)]
            : [.. Enumerable.Range(0, rows.Max(static row => row.Count)).Select(column =>
                string.Join(' ', rows.Where(row => column < row.Count).Select(row => row[column]).Distinct().Select(static cell => TableRows.Condense(Html.Line(cell)))))];
    }

    /// <summary>
    /// The rows with cells, without headings. A single cell over the whole width is a message that the list is empty, and no row.
    /// </summary>
    public IEnumerable<TableRow> Rows()
    {
        // By column: the cell that reaches down from a row above, and how many rows it still covers.
        var reaching = new (IElement? Cell, int Rows)[TableLayout.MostColumns];
        foreach (var row in TableRows.Rows(Element, static section => section == "tbody"))
        {
            var own = TableRows.OwnCells(row);
            var cells = Place(own, reaching);
            if (!Heads.Contains(row) && own.Exists(static cell => cell.LocalName == "td")
                && !(own.Count == 1 && own[0].HasAttribute("colspan") && cells.TrueForAll(cell => cell == own[0])))
            {
                yield return new(row, cells);
            }
        }
    }

    private static List<IElement> Place(List<IElement> own, (IElement? Cell, int Rows)[] reaching)
    {
        List<IElement> cells = [];
        var next = 0;
        while (cells.Count < reaching.Length)
        {
            ref var above = ref reaching[cells.Count];
            if (above is { Cell: { } cell, Rows: > 0 })
            {
                above.Rows--;
                cells.Add(cell);
            }
            else if (next < own.Count)
            {
                Add(own[next++], cells, reaching);
            }
            else
            {
                break;
            }
        }

        return cells;
    }

    private static void Add(IElement cell, List<IElement> cells, (IElement? Cell, int Rows)[] reaching)
    {
        var rows = Span(cell, "rowspan") - 1;
        for (var left = Span(cell, "colspan"); left > 0 && cells.Count < reaching.Length; left--)
        {
            reaching[cells.Count] = (cell, rows);
            cells.Add(cell);
        }
    }

    private static int Span(IElement cell, string attribute) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var span)
            ? Math.Max(1, span)
            : 1;
}
