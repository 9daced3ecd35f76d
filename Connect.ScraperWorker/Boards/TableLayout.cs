namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The list of a table or portal, under <c>Sources:{agency}:Table</c>. Columns are counted from 0, by their place under the
/// headings: a cell over two columns counts as two.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>The most columns that a list may have.</summary>
    public const int MostColumns = 50;

    /// <summary>Words, with commas between them, that all stand in the headings of the list's table and of no other on the page.</summary>
    public string Headings { get; set; } = "제목, 등록일";

    /// <summary>How many columns a row must have, where another number means that its columns have moved; default any.</summary>
    public int? Columns { get; set; }

    /// <summary>The column with the title and the link. Needed.</summary>
    public int? TitleColumn { get; set; }

    /// <summary>The column with the date of publication.</summary>
    public int? DateColumn { get; set; }

    /// <summary>The column with 접수중 or 마감.</summary>
    public int? StatusColumn { get; set; }

    /// <summary>The column with the ministry.</summary>
    public int? MinistryColumn { get; set; }

    /// <summary>The column with the first day to apply.</summary>
    public int? StartColumn { get; set; }

    /// <summary>The column with the last day to apply.</summary>
    public int? DeadlineColumn { get; set; }
}
