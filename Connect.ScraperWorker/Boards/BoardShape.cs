namespace Connect.ScraperWorker.Boards;

/// <summary>The families of boards, by what their lists are.</summary>
internal enum BoardShape
{
    /// <summary>A page with a table.</summary>
    Table,

    /// <summary>A page with blocks of "label value" items instead of a table.</summary>
    Blocks,

    /// <summary>JSON, which an interface answers or a page's script asks for.</summary>
    Json,

    /// <summary>A feed: RSS, Atom, or XML of items as an interface answers it.</summary>
    Feed,
}
