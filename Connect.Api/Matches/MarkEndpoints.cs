using System.ComponentModel;
using Connect.Api.Organizations;
using Connect.Data.Explanations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Matches;

/// <summary>What became of an organization's matches: the history of one, and counts of all.</summary>
internal static class MarkEndpoints
{
    private const string Organization = "Organization";

    public static void MapMatchMarks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/matches/{id:guid}/history", HistoryAsync).WithName("ListMatchHistory")
            .WithTags("Matches").RequireAuthorization(Caller.ReadPolicy)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Changes of a match's status, reason and note, the latest first.");
        app.MapGet("/api/organizations/{id:guid}/outcomes", OutcomesAsync).WithName("GetOutcomes")
            .WithTags("Matches").RequireAuthorization(Caller.ReadPolicy).WithContentTag()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("How many of the organization's matches have which status.");
    }

    private static async Task<Results<Results<Ok<Page<MatchMarkChangeItem>>, ValidationProblem>, ProblemHttpResult>> HistoryAsync(
        Guid id, [AsParameters] MemberRequest request, MatchOwnerReader owners, ConnectDbContext context, int limit = Paging.DefaultLimit,
        string? cursor = null)
    {
        // Authorize first, then read, as for a change of marks.
        if (await owners.FindAsync(id, request.Aborted) is not { } owner)
        {
            return Problems.NotFound(MarkWrites.What);
        }

        if (request.Refuse(owner.OrganizationId, OrganizationRole.Reader, MarkWrites.What) is { } refused)
        {
            return refused;
        }

        return await Paging.NewestFirstAsync(
            context.MatchMarkChanges.Include(c => c.User).Include(c => c.Key).Where(c => c.MatchId == id), limit, cursor,
            change => MarkReads.ToItem(change, owner.OrganizationId), item => item.Id, request.Aborted);
    }

    private static async Task<Results<Ok<MatchOutcomes>, ValidationProblem, ProblemHttpResult>> OutcomesAsync(
        Guid id, [AsParameters] MemberRequest request, ConnectDbContext context,
        [FromQuery(Name = "from")][Description("Only statuses that were set on this day in Seoul or later: yyyy-MM-dd.")] string? from = null,
        [FromQuery(Name = "to")][Description("Only statuses that were set on this day in Seoul or earlier: yyyy-MM-dd.")] string? to = null)
    {
        if (!MarkReads.TryReadDay(from, out var first))
        {
            return Problems.Invalid("from", MarkReads.NoDay);
        }

        if (!MarkReads.TryReadDay(to, out var last))
        {
            return Problems.Invalid("to", MarkReads.NoDay);
        }

        if (request.Refuse(id, OrganizationRole.Reader, Organization) is { } refused)
        {
            return refused;
        }

        return TypedResults.Ok(await MarkReads.CountAsync(context, id, first, last, request.Aborted));
    }
}
