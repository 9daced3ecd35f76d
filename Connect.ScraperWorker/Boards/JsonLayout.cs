namespace Connect.ScraperWorker.Boards;

/// <summary>
/// The list of a board that answers JSON, under <c>Sources:{agency}:Json</c>. Values are named by their path, with dots between the
/// properties: <c>paginationInfo.totalPageCount</c>.
/// </summary>
internal sealed class JsonLayout
{
    /// <summary>The array of rows; empty where the answer itself is the array.</summary>
    public string Items { get; set; } = string.Empty;

    /// <summary>The number of pages; empty where the list ends with a page without rows.</summary>
    public string Pages { get; set; } = string.Empty;

    /// <summary>The values of a row that <see cref="BoardOptions.DetailPath"/> names as {0}, {1} and so on, with commas between them.</summary>
    public string Arguments { get; set; } = string.Empty;
}
