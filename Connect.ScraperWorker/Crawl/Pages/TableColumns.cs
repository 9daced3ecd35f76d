using AngleSharp.Dom;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>The columns of a list's table by what they show, found by their headings.</summary>
internal sealed class TableColumns
{
    /// <summary>Without these columns a row has lost what it is read for; others can be missing at its end.</summary>
    private static readonly RowField[] Needed = [RowField.Title, RowField.Published, RowField.Start, RowField.Deadline, RowField.Period];

    private readonly Dictionary<RowField, int> _columns = [];
    private readonly int _count;

    public TableColumns(IReadOnlyList<string> headings, BoardOptions board)
    {
        _count = headings.Count;
        foreach (var field in Enum.GetValues<RowField>())
        {
            if (Find(headings, RowNames.Of(board, field)) is { } column && !_columns.ContainsValue(column))
            {
                _columns[field] = column;
            }
        }
    }

    /// <summary>Whether the headings tell where the titles stand.</summary>
    public bool HasTitles => _columns.ContainsKey(RowField.Title);

    /// <summary>The cell of a field; null where the list does not show it.</summary>
    public IElement? Cell(TableRow row, RowField field) =>
        _columns.TryGetValue(field, out var column) && column < row.Cells.Count ? row.Cells[column] : null;

    /// <summary>The heading that a field was found by; null where it was not.</summary>
    public string? HeadingOf(RowField field, IReadOnlyList<string> headings) => _columns.TryGetValue(field, out var column) ? headings[column] : null;

    /// <summary>Why a row cannot be read; null where it can.</summary>
    public string? Fault(TableRow row) => row.Cells.Count <= Needed.Max(field => _columns.GetValueOrDefault(field, -1))
        ? $"{row.Cells.Count} columns instead of {_count}"
        : null;

    // A heading that is the name counts before one that only contains it: 공고일 is no 공고일수.
    private static int? Find(IReadOnlyList<string> headings, string[] names)
    {
        foreach (var isWhole in (bool[])[true, false])
        {
            foreach (var name in names.Select(TableRows.Condense))
            {
                for (var i = 0; i < headings.Count; i++)
                {
                    if (isWhole ? headings[i] == name : headings[i].Contains(name, StringComparison.Ordinal))
                    {
                        return i;
                    }
                }
            }
        }

        return null;
    }
}
