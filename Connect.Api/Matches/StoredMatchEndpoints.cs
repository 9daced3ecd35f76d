using System.Text.Json;
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
/// <c>/api/matches</c>: the matches that were computed so far. Marks belong to the whole organization; only a dismissal and its end
/// evict something, the cached set of dismissed programs.
/// </summary>
internal static class StoredMatchEndpoints
{
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
            .WithSummary("Sets marks of a match, for the whole organization: a JSON merge patch.");
    }

    private static async Task<Results<Ok<Page<StoredMatchItem>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        [AsParameters] StoredMatchQuery query, [AsParameters] MemberRequest request, ConnectDbContext context)
    {
        var (filter, after, errors) = query.Read();
        if (filter is null)
        {
            return Problems.Invalid(errors!);
        }

        if (request.Refuse(query.OrganizationId, OrganizationRole.Reader, "Organization") is { } refused)
        {
            return refused;
        }

        var today = SeoulTime.DateOf(request.Now);
        var rows = await StoredMatches.Read(context, filter, after, query.PageSize + 1).ToListAsync(request.Aborted);
        return TypedResults.Ok(Paging.ToPage(
            rows.ConvertAll(row => StoredMatches.ToItem(row, today)), query.PageSize, StoredMatches.CursorOf));
    }

    private static async Task<Results<Ok<StoredMatchItem>, ValidationProblem, ProblemHttpResult>> PatchAsync(
        Guid id, JsonElement body, [AsParameters] MemberRequest request, MatchOwnerReader owners, CacheTransaction<ConnectDbContext> transaction)
    {
        // Authorize first, then read. A match never changes its organization, so the owner may be cached; members may leave.
        if (await owners.FindAsync(id, request.Aborted) is not { } owner)
        {
            return Problems.NotFound(MarkWrites.What);
        }

        if (request.Refuse(owner.OrganizationId, OrganizationRole.Editor, MarkWrites.What) is { } refused)
        {
            return refused;
        }

        if (MergePatch.Read(body) is not { Count: > 0 } patch)
        {
            return Problems.Invalid("saved", "Name at least one mark.");
        }

        var caller = request.Caller;
        var order = new MarkOrder(id, patch, IfMatch.Of(request.Http), caller.KeyId is null ? caller.Id : null, caller.KeyId, request.Now);
        var outcome = await transaction.ExecuteAsync((context, token) => MarkWrites.MarkAsync(context, order, token), request.Aborted);
        if (outcome.Item is not { } item)
        {
            return outcome.Problem!;
        }

        request.Http.Response.SetTag(item.Etag);
        return TypedResults.Ok(item);
    }
}
