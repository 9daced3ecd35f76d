namespace Connect.ScraperWorker.Boards;

/// <summary>The parts of a board's detail page, as CSS selectors, under <c>Sources:{agency}:Detail</c>.</summary>
internal sealed class DetailLayout
{
    /// <summary>The content heading; the browser title is often a generic one.</summary>
    public string Heading { get; set; } = string.Empty;

    /// <summary>The elements that hold "label : value" pairs: tables, lists or definition lists.</summary>
    public string Fields { get; set; } = string.Empty;

    /// <summary>The announcement's text; of several selectors the first one that matches text.</summary>
    public string Body { get; set; } = string.Empty;

    /// <summary>The links to the attached files; empty where the board has none.</summary>
    public string Attachments { get; set; } = string.Empty;
}
