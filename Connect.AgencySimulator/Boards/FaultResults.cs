namespace Connect.AgencySimulator.Boards;

/// <summary>Half of a page under the <c>Content-Length</c> of the whole; then the connection breaks.</summary>
internal sealed class TruncatedResult(PageResult page) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = page.ContentType;
        httpContext.Response.ContentLength = page.Bytes.Length;
        await httpContext.Response.Body.WriteAsync(page.Bytes.AsMemory(0, page.Bytes.Length / 2), httpContext.RequestAborted);
        await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
        httpContext.Abort();
    }
}

/// <summary>
/// A page of excessive length, without <c>Content-Length</c>, so a reader has to count the bytes. It does end, so that
/// a reader without a limit ends too.
/// </summary>
internal sealed class OversizedResult(PageResult page) : IResult
{
    private const int Chunks = 512;

    // 64 KiB each, so 32 MiB in all.
    private static readonly byte[] Chunk = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<!-- padding -->", 4_096)));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = page.ContentType;
        await response.Body.WriteAsync(page.Bytes.AsMemory(0, page.Bytes.Length / 2), httpContext.RequestAborted);
        for (var i = 0; i < Chunks; i++)
        {
            await response.Body.WriteAsync(Chunk, httpContext.RequestAborted);
        }
    }
}
