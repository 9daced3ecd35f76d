using Connect.ScraperWorker.Sources.Pages;

namespace Connect.ScraperWorker.Sources.Ntis;

/// <summary>The portal's detail page: lists of "label : value" around the announcement's text.</summary>
internal static class NtisDetailParser
{
    private static readonly DetailLayout Layout = new(
        ".notice_view h1",
        ".notice_view .summary1, .notice_view .summary2",
        ".notice_cont .se-contents, .notice_cont",
        ".summary_file li a");

    /// <summary>Reads a page; null where it has not this layout.</summary>
    public static DetailPage? Parse(string page) => DetailPage.Read(page, Layout);
}
