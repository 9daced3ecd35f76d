namespace Connect.ScraperWorker.Boards;

/// <summary>The list of a board of blocks as CSS selectors, under <c>Sources:{agency}:Blocks</c>.</summary>
internal sealed class BlocksLayout
{
    /// <summary>The element that holds the blocks, also where there are none: a page without it is none of the board's lists.</summary>
    public string List { get; set; } = string.Empty;

    /// <summary>The blocks, within the list.</summary>
    public string Item { get; set; } = string.Empty;

    /// <summary>The link, within a block; also the title, where <see cref="Parts"/> names no other.</summary>
    public string Link { get; set; } = string.Empty;

    /// <summary>The pairs of label and value, within a block: elements with both, or the dt of a definition list.</summary>
    public string Fields { get; set; } = string.Empty;

    /// <summary>The label, within a pair; without one, the label ends with a colon.</summary>
    public string Label { get; set; } = string.Empty;

    /// <summary>Fields without a label, within a block: a badge with the status.</summary>
    public IDictionary<RowField, string> Parts { get; } = new Dictionary<RowField, string>();
}
