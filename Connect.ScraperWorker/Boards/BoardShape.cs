namespace Connect.ScraperWorker.Boards;

/// <summary>The families of boards, by the markup of their lists and the way to the next page.</summary>
internal enum BoardShape
{
    /// <summary>A table, paged with a query parameter, or with one page only.</summary>
    Table,

    /// <summary>Blocks with "label value" items instead of a table, paged with a query parameter.</summary>
    Blocks,

    /// <summary>A portal's table of many agencies' announcements, paged by posting its search form.</summary>
    Portal,
}
