namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The parts of a board's detail page, under <c>Sources:{agency}:Detail</c>, as CSS selectors. Heading and body can also be the value
/// beside a label: <c>label:제목</c>. A board without <see cref="Fields"/> has no detail pages that are read: its list says everything.
/// </summary>
internal sealed class DetailLayout
{
    /// <summary>What stands before a label.</summary>
    public const string LabelPrefix = "label:";

    /// <summary>The content heading, because the browser title is often a generic one. Of an input field, its value counts.</summary>
    public string Heading { get; set; } = string.Empty;

    /// <summary>The elements that hold "label : value" pairs: tables, lists or definition lists.</summary>
    public string Fields { get; set; } = string.Empty;

    /// <summary>The labels within these, each followed by its value's element.</summary>
    public string Label { get; set; } = "th, dt";

    /// <summary>The announcement's text; of several selectors the first one that matches text.</summary>
    public string Body { get; set; } = string.Empty;

    /// <summary>The iframe with the text, which is a page of its own; empty where the board has none.</summary>
    public string Frame { get; set; } = string.Empty;

    /// <summary>The links to the attached files; empty where the board has none.</summary>
    public string Attachments { get; set; } = string.Empty;

    /// <summary>Whether the board has detail pages that are read.</summary>
    internal bool IsRead => Fields.Length > 0;
}
