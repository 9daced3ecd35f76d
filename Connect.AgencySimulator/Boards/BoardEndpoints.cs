using System.Globalization;
using Connect.AgencySimulator.Announcements;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Connect.AgencySimulator.Boards;

/// <summary>The boards' own addresses.</summary>
internal static class BoardEndpoints
{
    private const string Robots = "User-agent: *\nDisallow: /_simulator/\nAllow: /\n";

    private static readonly BoardPages[] All =
        [new NtisPages(), new IitpPages(), new TipaPages(), new KimstPages(), new KeitPages(), new IrisPages()];

    public static IEndpointRouteBuilder MapBoards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/robots.txt", static (IOptions<SimulatorOptions> options) => TypedResults.Text(options.Value.Robots ?? Robots));
        foreach (var pages in All)
        {
            var board = routes.MapGroup("").AddEndpointFilter<FaultFilter>().WithMetadata(pages);
            foreach (var list in pages.Lists)
            {
                board.MapMethods(list.Path, list.Methods, ListAsync).WithMetadata(list);
            }

            foreach (var detail in pages.Details)
            {
                board.MapGet(detail.Path, Detail).WithMetadata(detail);
            }
        }

        return routes;
    }

    private static async Task<PageResult> ListAsync(HttpContext context, BoardStore store)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        var (pages, list) = (metadata.GetRequiredMetadata<BoardPages>(), metadata.GetRequiredMetadata<ListRoute>());
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        if (!context.Request.Cookies.ContainsKey("JSESSIONID"))
        {
            context.Response.Cookies.Append(
                "JSESSIONID", $"{context.TraceIdentifier.GetHashCode(StringComparison.Ordinal):X8}", new() { HttpOnly = true });
        }

        var (now, filter) = (store.Now, Text(list.FilterParameter));
        var rows = context.Items.ContainsKey(FaultFilter.EmptyList) ? Rows.Of([]) : pages.RowsOf(store.Current, filter, now);
        var size = Math.Min(ListRoute.MostRows, Number(list.SizeParameter) ?? list.Size);
        var number = Number(list.PageParameter) ?? 1;
        var from = (int)Math.Min((long)(number - 1) * size, rows.Count);
        var shown = new Announcement[Math.Min(size, rows.Count - from)];
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = store.Write(rows.At(from + i));
        }

        var page = new PageOf { Rows = shown, Number = number, Size = size, Total = rows.Count, Now = now, Filter = filter };
        return new(pages, list.Write(page), list.MediaType);

        string Text(string? parameter) =>
            parameter is null ? "" : form?[parameter].ToString() is { Length: > 0 } posted ? posted : context.Request.Query[parameter].ToString();

        int? Number(string? parameter) =>
            int.TryParse(Text(parameter), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : null;
    }

    private static Results<PageResult, NotFound> Detail(HttpContext context, BoardStore store)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        var (pages, detail) = (metadata.GetRequiredMetadata<BoardPages>(), metadata.GetRequiredMetadata<DetailRoute>());
        var id = context.Request.Query[detail.IdParameter].ToString();
        return id.StartsWith(detail.IdPrefix, StringComparison.Ordinal)
            && int.TryParse(id.AsSpan(detail.IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && store.Current.Find(pages.Board, number) is { } found
            ? new PageResult(pages, detail.Write(store.Write(found)))
            {
                IsTagged = pages.TagsDetails,
                LastModified = pages.DatesDetails ? found.Modified : null,
            }
            : TypedResults.NotFound();
    }
}
