using Connect.ScraperWorker.Sources.Pages;

namespace Connect.ScraperWorker.Sources.Keit;

/// <summary>The detail page of KEIT: a definition list above the text.</summary>
internal static class KeitDetailParser
{
    private static readonly DetailLayout Layout = new(
        ".ancm_view .view_title", ".ancm_view dl.view_info", ".ancm_view .view_text", ".ancm_view .view_files a");

    /// <summary>Reads a page; null where it has not this layout.</summary>
    public static DetailPage? Parse(string page) => DetailPage.Read(page, Layout);
}
