using System.Globalization;
using Connect.AgencySimulator.Announcements;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator.Boards;

/// <summary>The boards' own addresses.</summary>
internal static class BoardEndpoints
{
    private const string Robots = "User-agent: *\nDisallow: /_simulator/\nAllow: /\n";

    private static readonly BoardPages[] All = [new NtisPages(), new IitpPages(), new TipaPages(), new KimstPages(), new KeitPages()];

    public static IEndpointRouteBuilder MapBoards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", static (IOptions<SimulatorOptions> options) => TypedResults.Text(options.Value.Robots ?? Robots));
        foreach (var pages in All)
        {
            var board = routes.MapGroup("").AddEndpointFilter<FaultFilter>().WithMetadata(pages);
            board.MapMethods(pages.ListPath, [HttpMethods.Get, HttpMethods.Post], ListAsync).WithMetadata(new ListPageMetadata());
            board.MapGet(pages.DetailPath, Detail);
        }

        return routes;
    }

    private static async Task<PageResult> ListAsync(HttpContext context, BoardStore store)
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

        return new(pages, pages.List(new(shown, number, count, rows.Count), store.Now));
    }

    private static Results<PageResult, NotFound> Detail(HttpContext context, BoardStore store)
    {
        var pages = context.GetEndpoint()!.Metadata.GetRequiredMetadata<BoardPages>();
        return int.TryParse(context.Request.Query[pages.IdParameter], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && store.Current.Find(pages.Board, id) is { } found
            ? new PageResult(pages, pages.Detail(store.Write(found)))
            {
                IsTagged = pages.TagsDetails,
                LastModified = pages.DatesDetails ? found.Modified : null,
            }
            : TypedResults.NotFound();
    }
}

/// <summary>Marks list pages, which some faults are limited to.</summary>
internal sealed record ListPageMetadata;
