using System.ComponentModel;
using System.Globalization;
using Connect.Api.Export;
using Connect.Api.Organizations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Matches;

/// <summary><c>/api/organizations/{id}/matches/export</c> and <c>/api/matches/export</c>.</summary>
internal static class MatchExports
{
    private const string What = "Organization";

    public static void MapMatchExports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/organizations/{id:guid}/matches/export", ExportRankingAsync).WithName("ExportOrganizationMatches").WithTags("Matches")
            .Exports().AnswersInLanguage()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("The organization's best matches as a table.")
            .WithDescription("The ranking that the list of matches has, in its order, with the reasons in words. Times are Seoul's.");
        app.MapGet("/api/matches/export", ExportStored).WithName("ExportMatches").WithTags("Matches").Exports()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The organization's stored matches as a table.")
            .WithDescription(
                "Filters and order are those of the list. The rows are read while they are sent; a match whose score changes meanwhile may come twice or "
                + "not at all. Times are Seoul's.");
    }

    private static async Task<Results<ExportAnswer<MatchItem>, ValidationProblem, ProblemHttpResult>> ExportRankingAsync(
        Guid id, [AsParameters] RankingRequest request, TimeProvider time,
        [FromQuery(Name = "format")][Description(ExportRoutes.FormatDescription)][WireNames<ExportFormat>] string? format = null)
    {
        if (ExportRoutes.ReadFormat(format, out var asked) is { } unknown)
        {
            return unknown;
        }

        if (request.ReadStatus(out var status) is { } invalid)
        {
            return invalid;
        }

        var now = time.GetUtcNow();
        var (answer, problem) = await MatchEndpoints.ReadAsync(id, request, status, now);
        return answer is null ? problem! : new ExportAnswer<MatchItem>(Ranking, asked, answer.Matches.ToAsyncEnumerable(), now);
    }

    private static Results<ExportAnswer<StoredMatchItem>, ValidationProblem, ProblemHttpResult> ExportStored(
        [AsParameters] StoredMatchExportQuery query, [AsParameters] MemberRequest request, ConnectDbContext context)
    {
        var (filter, format, errors) = query.Read();
        if (filter is null)
        {
            return Problems.Invalid(errors!);
        }

        return request.Refuse(query.OrganizationId, OrganizationRole.Reader, What) is { } refused
            ? refused
            : new ExportAnswer<StoredMatchItem>(
                Stored, format, StoredMatches.ReadAllAsync(context, filter, SeoulTime.DateOf(request.Now)), request.Now);
    }

    /// <summary>The columns of a ranking.</summary>
    internal static readonly ExportTable<MatchItem> Ranking = new("matches",
    [
        new("id", match => match.Id.ToString()),
        new("score", match => match.Score),
        new("industryPoints", match => match.Breakdown.Industry),
        new("trlPoints", match => match.Breakdown.Trl),
        new("typePoints", match => match.Breakdown.Type),
        new("rndPoints", match => match.Breakdown.Rnd),
        new("deadlinePoints", match => match.Breakdown.Deadline),
        new("summary", match => match.Explanation.Summary),
        new("programId", match => match.Program.Id.ToString()),
        new("title", match => match.Program.Title),
        new("agency", match => WireJson.NameOf(match.Program.Agency)),
        new("category", match => match.Program.Category),
        new("budgetAmount", match => WholeKrw(match.Program.BudgetAmount)),
        new("deadline", match => match.Program.Deadline),
        new("daysLeft", match => match.Program.DaysLeft),
        new("announcementUrl", match => match.Program.AnnouncementUrl),
    ]);

    /// <summary>The columns of stored matches.</summary>
    internal static readonly ExportTable<StoredMatchItem> Stored = new("stored-matches",
    [
        new("id", match => match.Id.ToString()),
        new("score", match => match.Score),
        new("industryPoints", match => match.Breakdown.Industry),
        new("trlPoints", match => match.Breakdown.Trl),
        new("typePoints", match => match.Breakdown.Type),
        new("rndPoints", match => match.Breakdown.Rnd),
        new("deadlinePoints", match => match.Breakdown.Deadline),
        new("saved", match => match.Saved),
        new("viewed", match => match.Viewed),
        new("status", match => match.Status is { } status ? WireJson.NameOf(status) : null),
        new("dismissalReason", match => match.DismissalReason is { } reason ? WireJson.NameOf(reason) : null),
        new("note", match => match.Note),
        new("statusAt", match => match.StatusAt),
        new("markedAt", match => match.MarkedAt),
        new("markedBy", match => match.MarkedBy?.Name),
        new("computedAt", match => match.ComputedAt),
        new("programId", match => match.Program.Id.ToString()),
        new("title", match => match.Program.Title),
        new("agency", match => WireJson.NameOf(match.Program.Agency)),
        new("category", match => match.Program.Category),
        new("programStatus", match => WireJson.NameOf(match.Program.Status)),
        new("budgetAmount", match => WholeKrw(match.Program.BudgetAmount)),
        new("deadline", match => match.Program.Deadline),
        new("daysLeft", match => match.Program.DaysLeft),
        new("announcementUrl", match => match.Program.AnnouncementUrl),
    ]);

    private static long? WholeKrw(string? amount) =>
        amount is null ? null : long.Parse(amount, NumberStyles.None, CultureInfo.InvariantCulture);
}
