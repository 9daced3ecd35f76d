using System.Text.Json;
using System.Text.Json.Nodes;
using Connect.Api.Organizations;
using Connect.Caching;
using Connect.Data.Explanations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Matches;

/// <summary>
/// <c>/api/matches</c>: the matches that were computed so far. Marks belong to the whole organization; no cached answer
/// contains them, so nothing is evicted.
/// </summary>
internal static class StoredMatchEndpoints
{
    private const string What = "Match";

    public static void MapStoredMatches(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/matches").WithTags("Matches")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/", ListAsync).WithName("ListMatches").RequireAuthorization(Caller.ReadPolicy).WithContentTag()
            .WithSummary("The organization's stored matches, the best first.")
            .WithDescription("Every match that was ever in the ranking, as it was computed last; earlier ones too, whose program may have closed.");
        group.MapPatch("/{id:guid}", PatchAsync).WithName("UpdateMatch").RequireAuthorization(Caller.WritePolicy).HonoursIfMatch()
            .Accepts<MatchMarks>("application/merge-patch+json", "application/json")
            .WithSummary("Marks a match as saved or viewed, or no longer, for the whole organization: a JSON merge patch.");
    }

    private static async Task<Results<Ok<Page<StoredMatchItem>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        [AsParameters] StoredMatchQuery query, [AsParameters] MemberRequest request, ConnectDbContext context)
    {
        var limit = query.Limit ?? Paging.DefaultLimit;
        if (Paging.Validate(limit) is { } limitError)
        {
            return Problems.Invalid("limit", limitError);
        }

        (int Score, Guid Id)? after = null;
        if (query.Cursor is not null)
        {
            if (!StoredMatches.TryReadCursor(query.Cursor, out var position))
            {
                return Problems.Invalid("cursor", "The cursor is not one that this API gave.");
            }

            after = position;
        }

        if (request.Refuse(query.OrganizationId, OrganizationRole.Reader, "Organization") is { } refused)
        {
            return refused;
        }

        var today = SeoulTime.DateOf(request.Now);
        var rows = await StoredMatches.Read(context, query, after, limit + 1).ToListAsync(request.Aborted);
        return TypedResults.Ok(Paging.ToPage(
            rows.ConvertAll(row => StoredMatches.ToItem(row.Match, row.Program, today)), limit, StoredMatches.CursorOf));
    }

    private static async Task<Results<Ok<StoredMatchItem>, ValidationProblem, ProblemHttpResult>> PatchAsync(
        Guid id, JsonElement body, [AsParameters] MemberRequest request, MatchOwnerReader owners, CacheTransaction<ConnectDbContext> transaction)
    {
        // Authorize first, then read. A match never changes its organization, so the owner may be cached; members may leave.
        if (await owners.FindAsync(id, request.Aborted) is not { } owner)
        {
            return Problems.NotFound(What);
        }

        if (request.Refuse(owner.OrganizationId, OrganizationRole.Editor, What) is { } refused)
        {
            return refused;
        }

        if (MergePatch.Read(body) is not { Count: > 0 } patch)
        {
            return Problems.Invalid("saved", "Name saved, viewed or both.");
        }

        var ifMatch = IfMatch.Of(request.Http);
        var today = SeoulTime.DateOf(request.Now);
        var (item, problem) = await transaction.ExecuteAsync((context, token) => MarkAsync(context, id, patch, ifMatch, today, token), request.Aborted);
        if (item is null)
        {
            return problem!;
        }

        request.Http.Response.SetTag(item.Etag);
        return TypedResults.Ok(item);
    }

    private static async Task<(StoredMatchItem? Item, Results<Ok<StoredMatchItem>, ValidationProblem, ProblemHttpResult>? Problem)> MarkAsync(
        ConnectDbContext context, Guid id, JsonObject patch, IfMatch ifMatch, DateOnly today, CancellationToken cancellationToken)
    {
        if (await StoredMatches.LockAsync(context, id, cancellationToken) is not { } match)
        {
            return (null, Problems.NotFound(What));
        }

        if (!ifMatch.Allows(StoredMatches.TagOf(match)))
        {
            return (null, Problems.PreconditionFailed(What, ifMatch));
        }

        var (marks, errors) = MergePatch.Apply<MatchMarks>(new MatchMarks { Saved = match.Saved, Viewed = match.Viewed }, patch);
        if (marks is null)
        {
            return (null, Problems.Invalid(errors!));
        }

        (match.Saved, match.Viewed) = (marks.Saved!.Value, marks.Viewed!.Value);
        return (StoredMatches.ToItem(match, await StoredMatches.ReadProgramAsync(context, match.ProgramId, cancellationToken), today), null);
    }
}
