using AngleSharp.Dom;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.ScraperWorker.Kept;

/// <summary>The columns of tables that show personal data below a heading such as 작성자.</summary>
internal sealed class PersonalColumns
{
    private const int MostColumns = 100;
    private const int LongestHeading = 15;

    private readonly HashSet<IElement> _cells = [];
    private readonly HashSet<IElement> _headings = [];

    /// <summary>Whether an element is a cell of such a column.</summary>
    public bool Contains(IElement element) => _cells.Contains(element);

    /// <summary>Whether an element is, or stands within, a heading of columns: it has no value beside it.</summary>
    public bool IsHeading(IElement? element)
    {
        for (var height = 0; element is not null && height < 4; height++)
        {
            if (_headings.Contains(element))
            {
                return true;
            }

            element = element.ParentElement;
        }

        return false;
    }

    /// <summary>Adds the columns of a table.</summary>
    public void Add(IElement table)
    {
        var marked = new bool[MostColumns];
        var below = new int[MostColumns];
        var isFirst = true;
        foreach (var row in table.Children.Where(static section => section.LocalName is "thead" or "tbody" or "tfoot").SelectMany(static section => section.Children))
        {
            var cells = TableRows.OwnCells(row);
            var isHead = IsHead(row, cells, isFirst);
            isFirst = false;
            var column = 0;
            foreach (var cell in cells)
            {
                column = NextFree(below, column);
                var end = Math.Min(MostColumns, column + Span(cell, "colspan"));
                var isMarked = false;
                for (; column < end; column++)
                {
                    isMarked |= marked[column];
                    marked[column] |= isHead && PersonalData.IsLabel(HeadingOf(cell));
                    below[column] = Span(cell, "rowspan");
                }

                (isHead ? _headings : isMarked ? _cells : null)?.Add(cell);
            }

            for (var i = 0; i < MostColumns; i++)
            {
                below[i] = Math.Max(0, below[i] - 1);
            }
        }
    }

    private static int NextFree(int[] below, int column)
    {
        while (column < MostColumns && below[column] > 0)
        {
            column++;
        }

        return column;
    }

    // A row of headings: in the table's head, of heading cells only, or the first one where all cells are short.
    private static bool IsHead(IElement row, List<IElement> cells, bool isFirst) =>
        cells.Count > 1
        && (row.ParentElement?.LocalName == "thead"
            || cells.TrueForAll(static cell => cell.LocalName == "th")
            || (isFirst && cells.TrueForAll(static cell => cell.LocalName == "td" && HeadingOf(cell).Length > 0)
                && (cells.Count > 2 || cells.TrueForAll(static cell => PersonalData.IsLabel(HeadingOf(cell))))));

    private static string HeadingOf(IElement cell) => ShortText.Of(cell, LongestHeading) ?? "";

    private static int Span(IElement cell, string name) =>
        int.TryParse(cell.GetAttribute(name), out var span) && span is > 0 and <= MostColumns ? span : 1;
}
