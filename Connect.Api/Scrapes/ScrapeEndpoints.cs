using Connect.Api.Idempotency;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Scrapes;

/// <summary>The boards to read.</summary>
/// <param name="Agency">The board's agency; null for all that a worker reads.</param>
public sealed record ScrapeRequest(Agency? Agency);

/// <summary>Runs that were asked for: queued now, or waiting already.</summary>
/// <param name="RunIds">Their ids, in the order of the agencies; see <c>GET /api/admin/scrapes</c>.</param>
public sealed record ScrapeAccepted(IReadOnlyList<Guid> RunIds);

/// <summary>One run over one board.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="Agency">The board's agency.</param>
/// <param name="Trigger">The reason.</param>
/// <param name="Status">Its state.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker began it.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="DurationSeconds">From start to end; waiting is not counted.</param>
/// <param name="Attempts">Attempts: more than one if a worker died during the run.</param>
/// <param name="ProgressAt">When the worker last stored its progress.</param>
/// <param name="Found">Readable rows; grows while it runs.</param>
/// <param name="NotModified">Of these, rows whose page the board answered with 304.</param>
/// <param name="New">Programs that were not known.</param>
/// <param name="Changed">Known programs whose content changed.</param>
/// <param name="Unchanged">Known programs without a change.</param>
/// <param name="Vanished">Open programs that no board has any more.</param>
/// <param name="Reposted">New postings of known programs: published again, moved, or also on another board.</param>
/// <param name="Failed">Unreadable rows; grows while it runs.</param>
/// <param name="Error">Why it failed or is suspicious.</param>
/// <param name="RowErrors">The first rows that are unreadable, or of which the period is not understood in every part.</param>
public sealed record ScrapeRunItem(
    Guid Id, Agency Agency, ScrapeTrigger Trigger, ScrapeStatus Status, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt, double? DurationSeconds, int Attempts, DateTimeOffset? ProgressAt, int Found, int NotModified, int New,
    int Changed, int Unchanged, int Vanished, int Reposted, int Failed, string? Error,
    IReadOnlyList<string> RowErrors);

/// <summary><c>/api/admin/scrapes</c>.</summary>
internal static class ScrapeEndpoints
{
    public static void MapScrapes(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/admin/scrapes").WithTags("Administration").RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/", RequestAsync).WithName("CreateScrape").AcceptsIdempotencyKey().ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Asks for a run of one board, or of all that a worker reads.");
        group.MapGet("/", ListAsync).WithName("ListScrapes").WithSummary("Runs, newest first, also those that wait or are under way.");
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

    private static Task<Results<Ok<Page<ScrapeRunItem>>, ValidationProblem>> ListAsync(
        ConnectDbContext context, CancellationToken cancellationToken, int limit = Paging.DefaultLimit, string? cursor = null) =>
        Paging.NewestFirstAsync(context.ScrapeRuns, limit, cursor, ToItem, item => item.Id, cancellationToken);

    private static ScrapeRunItem ToItem(ScrapeRun run) => new(
        run.Id, run.Agency, run.Trigger, run.Status, run.RequestedAt, run.StartedAt, run.CompletedAt,
        (run.CompletedAt - run.StartedAt)?.TotalSeconds, run.Attempts, run.ProgressAt, run.Found, run.NotModified, run.New, run.Changed,
        run.Unchanged, run.Vanished, run.Reposted, run.Failed, run.Error, run.RowErrors);
}
