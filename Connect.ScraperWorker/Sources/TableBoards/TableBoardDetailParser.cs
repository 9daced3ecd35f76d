using Connect.ScraperWorker.Sources.Pages;

namespace Connect.ScraperWorker.Sources.TableBoards;

/// <summary>The detail page of a board that is a table.</summary>
internal static class TableBoardDetailParser
{
    /// <summary>Reads a page; null where it has not this layout.</summary>
    public static DetailPage? Parse(string page, TableBoardLayout layout) => DetailPage.Read(page, layout.Detail);
}
