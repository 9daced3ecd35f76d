using System.Globalization;
using Connect.AgencySimulator.Announcements;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.AgencySimulator.Control;

internal sealed record AdvanceRequest(int New = 0, int Changed = 0, int Closed = 0);

internal sealed record AdvanceResponse(int New, int Changed, int Closed);

internal sealed record FaultRequest(string? Board, string? Kind, int Count = 1);

internal sealed record StateResponse(IReadOnlyList<StateItem> Items);

/// <param name="Board">The board's agency.</param>
/// <param name="Title">As a reader sees it.</param>
/// <param name="Kind">What it really is.</param>
/// <param name="Open">Whether it can be applied for now.</param>
/// <param name="Deadline">ISO 8601 in KST; null where there is none.</param>
/// <param name="BudgetAmount">Whole won as a decimal string; null where unknown.</param>
internal sealed record StateItem(string Board, string Title, string Kind, bool Open, string? Deadline, string? BudgetAmount);

/// <summary>What makes the boards move, and the truth about them to compare with.</summary>
internal static class ControlEndpoints
{
    private const int Most = 10_000;

    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/_simulator");
        control.MapPost("/advance", Advance);
        control.MapPost("/faults", AddFault);
        control.MapGet("/state", State);
        return routes;
    }

    private static Results<Ok<AdvanceResponse>, ProblemHttpResult> Advance(AdvanceRequest request, BoardStore store)
    {
        if (request is not { New: >= 0 and <= Most, Changed: >= 0 and <= Most, Closed: >= 0 and <= Most })
        {
            return Bad($"new, changed and closed are each 0 to {Most}");
        }

        var (announced, changed, closed) = store.Advance(request.New, request.Changed, request.Closed);
        return TypedResults.Ok(new AdvanceResponse(announced, changed, closed));
    }

    private static Results<NoContent, ProblemHttpResult> AddFault(FaultRequest request, Faults faults)
    {
        if (!Named<Board>(request.Board, out var board))
        {
            return Bad($"board is one of {string.Join(", ", Enum.GetNames<Board>())}");
        }

        if (!Named<FaultKind>(request.Kind, out var kind) || kind == FaultKind.None)
        {
            return Bad("kind is one of status500, timeout, slow, truncated, emptyList, changedLayout, redirectOffsite");
        }

        if (request.Count is < 0 or > Most)
        {
            return Bad($"count is 0 to {Most}");
        }

        faults.Add(board, kind, request.Count);
        return TypedResults.NoContent();
    }

    private static Ok<StateResponse> State(BoardStore store)
    {
        var now = store.Now;
        return TypedResults.Ok(new StateResponse(
        [
            .. store.All.Select(announcement => new StateItem(
                announcement.Board.ToString(),
                announcement.Title,
                announcement.Kind.ToString(),
                announcement.IsOpen(now),
                announcement.Deadline.Value?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
                announcement.Budget.Won?.ToString(CultureInfo.InvariantCulture))),
        ]));
    }

    private static bool Named<T>(string? name, out T value)
        where T : struct, Enum =>
        Enum.TryParse(name, ignoreCase: true, out value) && Enum.GetNames<T>().Contains(name, StringComparer.OrdinalIgnoreCase);

    private static ProblemHttpResult Bad(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Bad control request");
}
