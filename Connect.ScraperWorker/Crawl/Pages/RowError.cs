namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>A row that could not be read.</summary>
/// <param name="Row">Its address, or its place on the page.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record RowError(string Row, string Reason);
