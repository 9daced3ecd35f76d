using System.Globalization;
using System.Text.Json;
using Connect.AgencySimulator.Announcements;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.AgencySimulator.Control;

/// <summary>Changes the boards, and returns their state to compare with.</summary>
internal static class ControlEndpoints
{
    private const int Most = 100_000;
    private const int MostAfter = 10_000;

    private static readonly string Kinds = string.Join(", ", Enum.GetNames<FaultKind>()
        .Where(static name => name != nameof(FaultKind.None)).Select(JsonNamingPolicy.CamelCase.ConvertName));

    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/_simulator");
        control.MapPost("/advance", Advance);
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", ClearFaults);
        control.MapGet("/state", State);
        control.MapGet("/requests", Requests);
        return routes;
    }

    private static Results<Ok<AdvanceResponse>, ProblemHttpResult> Advance(AdvanceRequest request, BoardStore store)
    {
        int[] asked =
            [request.New, request.Changed, request.Closed, request.Withdrawn ?? 0, request.Reposted ?? 0, request.Moved ?? 0];
        if (asked.Any(static count => count is < 0 or > Most))
        {
            return Bad($"new, changed, closed, withdrawn, reposted and moved are each 0 to {Most}");
        }

        var done = store.Advance(new(asked[0], asked[1], asked[2], asked[3], asked[4], asked[5]));
        return TypedResults.Ok(new AdvanceResponse(
            done.New,
            done.Changed,
            done.Closed,
            request.Withdrawn is null ? null : done.Withdrawn,
            request.Reposted is null ? null : done.Reposted,
            request.Moved is null ? null : done.Moved));
    }

    private static Results<NoContent, ProblemHttpResult> AddFault(FaultRequest request, Faults faults)
    {
        if (!Named<Board>(request.Board, out var board))
        {
            return Bad($"board is one of {string.Join(", ", Enum.GetNames<Board>())}");
        }

        if (!Named<FaultKind>(request.Kind, out var kind) || kind == FaultKind.None)
        {
            return Bad($"kind is one of {Kinds}");
        }

        if (request.Count is < 0 or > Most || request.After is < 0 or > MostAfter)
        {
            return Bad($"count is 0 to {Most}, after 0 to {MostAfter}");
        }

        faults.Add(board, kind, request.Count, request.After);
        return TypedResults.NoContent();
    }

    private static NoContent ClearFaults(Faults faults)
    {
        faults.Clear();
        return TypedResults.NoContent();
    }

    /// <summary>
    /// An item for each board on which an announcement stands. They are written while they are sent, so that a large
    /// state is never held as a whole.
    /// </summary>
    private static Ok<StateResponse> State(BoardStore store)
    {
        var now = store.Now;
        return TypedResults.Ok(new StateResponse(store.All.SelectMany(
            announcement => BoardSnapshot.BoardsOf(announcement.Board).Select(board => Item(board, announcement, now)))));
    }

    private static StateItem Item(Board board, Announcement announcement, DateTimeOffset now) => new(
        board.ToString(),
        announcement.Title,
        announcement.Kind.ToString(),
        announcement.IsOpen(now),
        announcement.Deadline.At(now)?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        announcement.Budget.Won?.ToString(CultureInfo.InvariantCulture));

    private static Ok<RequestsResponse> Requests(RequestCounts counts) => TypedResults.Ok(counts.Read());

    private static bool Named<T>(string? name, out T value)
        where T : struct, Enum =>
        Enum.TryParse(name, ignoreCase: true, out value) && Enum.GetNames<T>().Contains(name, StringComparer.OrdinalIgnoreCase);

    private static ProblemHttpResult Bad(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Bad control request");
}
