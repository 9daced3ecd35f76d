using System.Net.Mime;
using System.Text;
using Connect.Api.Idempotency;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Scrapes;

/// <summary><c>/api/admin/scrapes</c>.</summary>
internal static class ScrapeEndpoints
{
    public static void MapScrapes(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/admin/scrapes").WithTags("Administration").RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/", RequestAsync).WithName("CreateScrape").AcceptsIdempotencyKey().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Asks for a run of one board, or of all that a worker reads.");
        group.MapGet("/", ListAsync).WithName("ListScrapes").WithSummary("Runs, newest first, also those that wait or are under way, and all boards.");
        group.MapGet("/{id:guid}/page", GetPageAsync).WithName("GetScrapePage").ProducesProblem(StatusCodes.Status404NotFound)
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Plain).WithSummary("The page that shows why a run is suspicious.");
    }

    private static async Task<Results<Accepted<ScrapeAccepted>, Ok<ScrapeAccepted>, ProblemHttpResult>> RequestAsync(
        ScrapeRequest request, IdempotentWrites writes, HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        var outcome = await writes.ExecuteAsync(
            http, "scrapes.request", request,
            async (context, token) =>
            {
                var runs = await new ScrapeQueue(context, time).EnqueueForAdministratorAsync(request.Agency, token);
                return new Written<EnqueuedRuns>(runs, runs.RunIds, StatusOf(runs));
            },
            cancellationToken);
        return outcome switch
        {
            { IsKeyReused: true } => Problems.IdempotencyKeyReused(),
            { Replayed: { } ids } => Answer(ids, outcome.ReplayedStatus),
            { Result: { Refusal: { } refusal } } => Problems.Conflict("board-switched-off", refusal),
            { Result: var result } => Answer(result!.RunIds, StatusOf(result)),
        };
    }

    private static int StatusOf(EnqueuedRuns runs) => runs.Queued > 0 ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;

    private static Results<Accepted<ScrapeAccepted>, Ok<ScrapeAccepted>, ProblemHttpResult> Answer(IReadOnlyList<Guid> ids, int? status)
    {
        var answer = new ScrapeAccepted(ids);
        return status == StatusCodes.Status200OK ? TypedResults.Ok(answer) : TypedResults.Accepted("/api/admin/scrapes", answer);
    }

    private static async Task<Results<Ok<ScrapeRunPage>, ValidationProblem>> ListAsync(
        ConnectDbContext context, CancellationToken cancellationToken, int limit = Paging.DefaultLimit, string? cursor = null)
    {
        var answer = await Paging.NewestFirstAsync(context.ScrapeRuns, limit, cursor, ToItem, item => item.Id, cancellationToken);
        return answer.Result is Ok<Page<ScrapeRunItem>> { Value: { } page }
            ? TypedResults.Ok(new ScrapeRunPage(page.Items, page.NextCursor, await ListBoardsAsync(context, cancellationToken)))
            : (ValidationProblem)answer.Result;
    }

    // Until the first worker has stored its boards, all can be asked for.
    private static async Task<IReadOnlyList<ScrapedBoard>> ListBoardsAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var known = await context.Boards.AsNoTracking().ToDictionaryAsync(board => board.Agency, cancellationToken);
        return
        [
            .. Enum.GetValues<Agency>().Select(agency => known.GetValueOrDefault(agency) is { } board
                ? new ScrapedBoard(agency, board.Enabled, new(board.ListEvidence, board.DetailEvidence, board.EvidenceSeen))
                : new ScrapedBoard(agency, known.Count == 0, new(List: null, Detail: null, Seen: null))),
        ];
    }

    // Plain text, which no browser takes for a page: it is foreign text.
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetPageAsync(
        Guid id, ConnectDbContext context, CancellationToken cancellationToken) =>
        await context.ScrapePages.Where(page => page.RunId == id).Select(page => page.Text).SingleOrDefaultAsync(cancellationToken) is { } text
            ? TypedResults.Text(text, MediaTypeNames.Text.Plain, Encoding.UTF8)
            : Problems.NotFound("Page of a run");

    private static ScrapeRunItem ToItem(ScrapeRun run) => new(
        run.Id, run.Agency, run.Trigger, run.Status, run.RequestedAt, run.StartedAt, run.CompletedAt,
        (run.CompletedAt - run.StartedAt)?.TotalSeconds, run.Attempts, run.ProgressAt, run.Found, run.NotModified, run.New, run.Changed,
        run.Unchanged, run.Vanished, run.Reposted, run.Failed, run.Error, run.RowErrors);
}
