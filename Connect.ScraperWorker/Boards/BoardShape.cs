namespace Connect.ScraperWorker.Boards;

/// <summary>The families of boards, by how their lists look and turn their pages.</summary>
internal enum BoardShape
{
    /// <summary>A table whose pages are turned with a query parameter, or that has but one.</summary>
    Table,

    /// <summary>Blocks with "label value" items instead of a table, turned with a query parameter.</summary>
    Blocks,

    /// <summary>A portal's table of many agencies' announcements, turned by posting its search form.</summary>
    Portal,
}
