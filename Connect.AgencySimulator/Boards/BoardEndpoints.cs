using System.Globalization;
using Connect.AgencySimulator.Announcements;
using Connect.AgencySimulator.Control;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator.Boards;

/// <summary>The boards' own addresses.</summary>
internal static class BoardEndpoints
{
    private static readonly BoardPages[] All = [new NtisPages(), new IitpPages(), new TipaPages(), new KimstPages(), new KeitPages()];

    public static IEndpointRouteBuilder MapBoards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", static () => TypedResults.Text("User-agent: *\nAllow: /\n"));
        foreach (var pages in All)
        {
            var board = routes.MapGroup("").AddEndpointFilter<FaultFilter>().WithMetadata(pages);
            board.MapMethods(pages.ListPath, [HttpMethods.Get, HttpMethods.Post], ListAsync).WithMetadata(new ListPageMetadata());
            board.MapGet(pages.DetailPath, Detail);
        }

        return routes;

        static async Task<IResult> ListAsync(HttpContext context, BoardStore store)
        {
            var pages = context.GetEndpoint()!.Metadata.GetRequiredMetadata<BoardPages>();
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
            var asked = form?[pages.PageParameter].ToString() is { Length: > 0 } posted ? posted : context.Request.Query[pages.PageParameter].ToString();
            var number = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : 1;
            if (!context.Request.Cookies.ContainsKey("JSESSIONID"))
            {
                context.Response.Cookies.Append("JSESSIONID", $"{context.TraceIdentifier.GetHashCode(StringComparison.Ordinal):X8}", new() { HttpOnly = true });
            }

            var rows = context.Items.ContainsKey(FaultFilter.EmptyList) ? [] : store.Current.On(pages.Board);
            var count = Math.Max(1, (int)Math.Ceiling(rows.Count / (double)pages.PageSize));
            var from = (int)Math.Min((long)(number - 1) * pages.PageSize, rows.Count);
            var shown = new Announcement[Math.Min(pages.PageSize, rows.Count - from)];
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = store.Write(rows[from + i]);
            }

            return Html(pages, pages.List(new(shown, number, count, rows.Count), store.Now));
        }

        static IResult Detail(HttpContext context, BoardStore store)
        {
            var pages = context.GetEndpoint()!.Metadata.GetRequiredMetadata<BoardPages>();
            return int.TryParse(context.Request.Query[pages.IdParameter], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && store.Current.Find(pages.Board, id) is { } found
                ? Html(pages, pages.Detail(store.Write(found)))
                : TypedResults.NotFound();
        }
    }

    private static FileContentHttpResult Html(BoardPages pages, string html)
    {
        // The charset of EUC-KR pages stands only in the page, as it does on the sites that still use it.
        var type = pages.Encoding.CodePage == System.Text.Encoding.UTF8.CodePage ? "text/html; charset=utf-8" : "text/html";
        return TypedResults.Bytes(KoreanPages.Encode(html, pages.Encoding), type);
    }
}

/// <summary>Marks list pages, which some faults are limited to.</summary>
internal sealed record ListPageMetadata;

/// <summary>Lets the faults that were asked for happen.</summary>
internal sealed class FaultFilter(Faults faults, IOptions<SimulatorOptions> options, TimeProvider time) : IEndpointFilter
{
    public const string EmptyList = "empty-list";

    private const string OtherLayout =
        "<!DOCTYPE html><html lang=\"ko\"><head><meta charset=\"UTF-8\"><title>새 누리집</title></head><body><main><section><h2>새 누리집을 열었습니다.</h2></section></main></body></html>";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var metadata = context.GetEndpoint()!.Metadata;
        var aborted = context.RequestAborted;
        switch (faults.Take(metadata.GetRequiredMetadata<BoardPages>().Board, metadata.GetMetadata<ListPageMetadata>() is not null))
        {
            case FaultKind.Status500:
                return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
            case FaultKind.Timeout:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, aborted);
                return TypedResults.Empty;
            case FaultKind.Slow:
                await Task.Delay(options.Value.SlowBy, time, aborted);
                return await next(invocation);
            case FaultKind.ChangedLayout:
                return TypedResults.Text(OtherLayout, "text/html; charset=utf-8");
            case FaultKind.RedirectOffsite:
                return TypedResults.Redirect("http://elsewhere.invalid/landing");
            case FaultKind.EmptyList:
                context.Items[EmptyList] = true;
                return await next(invocation);
            case FaultKind.Truncated:
                return new TruncatedResult();
            default:
                return await next(invocation);
        }
    }

    private sealed class TruncatedResult : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var half = System.Text.Encoding.UTF8.GetBytes(OtherLayout[..(OtherLayout.Length / 2)]);
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.ContentLength = half.Length * 2;
            await httpContext.Response.Body.WriteAsync(half, httpContext.RequestAborted);
            await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
            httpContext.Abort();
        }
    }
}
