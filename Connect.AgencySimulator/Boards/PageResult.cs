namespace Connect.AgencySimulator.Boards;

/// <summary>A page in its board's encoding.</summary>
internal sealed class PageResult(BoardPages pages, string html) : IResult
{
    public byte[] Bytes { get; } = KoreanPages.Encode(html, pages.Encoding);

    // The charset of EUC-KR pages stands only in the page, as it does on the sites that still use it.
    public string ContentType { get; } =
        pages.Encoding.CodePage == System.Text.Encoding.UTF8.CodePage ? "text/html; charset=utf-8" : "text/html";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = Bytes.Length;
        await httpContext.Response.Body.WriteAsync(Bytes, httpContext.RequestAborted);
    }
}
