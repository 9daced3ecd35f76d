namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The list of a board with a table, under <c>Sources:{agency}:Table</c>. Its columns are found by their headings
/// (<see cref="BoardOptions.Row"/>), because boards add and move columns.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>The most columns that a list may have.</summary>
    public const int MostColumns = 50;

    /// <summary>Words, with commas between them, that all stand in the headings of the list's table and of no other on the page.</summary>
    public string Headings { get; set; } = "제목, 등록일";
}
