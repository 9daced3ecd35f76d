using Connect.Api.RateLimits;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Matches;

/// <summary>The hot path: an organization's best matches.</summary>
internal static class MatchEndpoints
{
    private const int DefaultLimit = 3;
    private const string What = "Organization";

    public static void MapMatches(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/matches/generate", GenerateAsync).WithName("GenerateMatches")
            .WithTags("Matches").RequireAuthorization(Caller.ReadPolicy).ReportsCache().AnswersInLanguage().RequireRateLimiting(RateLimiting.Generation)
            .DisableValidation()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("The organization's best matches, computed where they are not cached.")
            .WithDescription(
                "The language follows Accept-Language: ko (the default) or en. With status=upcoming the programs are those that are announced in "
                + "advance and cannot be applied for yet. With explain=true the answer also tells which programs are not "
                + "shown, and why: this scores every program, so use it on demand only. Dismissed matches are left out, and the next ones move up, "
                + "unless includeDismissed is true.");
        app.MapGet("/api/organizations/{id:guid}/matches", GetAsync).WithName("ListOrganizationMatches")
            .WithTags("Matches").RequireAuthorization(Caller.ReadPolicy).ReportsCache().AnswersInLanguage().RequireRateLimiting(RateLimiting.Generation)
            .DisableValidation()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("The same answer as a resource, with ETag.")
            .WithDescription(
                "The language follows Accept-Language: ko (the default) or en. With status=upcoming the programs are those that are announced in "
                + "advance and cannot be applied for yet: scored alike, and never among the others. Dismissed matches are left out, and the next ones move up, unless "
                + "includeDismissed is true.");
    }

    private static async ValueTask<Results<MatchesAnswer, Ok<MatchesResponse>, ValidationProblem, ProblemHttpResult>> GenerateAsync(
        Guid organizationId, [AsParameters] RankingRequest request, int limit = DefaultLimit, bool explain = false)
    {
        if ((request.ReadStatus(out var status) ?? ValidateLimit(limit)) is { } invalid)
        {
            return invalid;
        }

        if (Caller.Of(request.Http).RoleIn(organizationId) is null)
        {
            return Problems.NotFound(What);
        }

        var results = await request.Rankings.GetAsync(organizationId, status, request.Http.RequestAborted);
        var dismissed = await request.Rankings.GetDismissedAsync(organizationId, request.IncludeDismissed, request.Http.RequestAborted);
        var read = request.Http.ReportCache(CacheLayers.Matches, CacheLayers.Dismissals);
        if (!results.ProfileCompleted)
        {
            return Incomplete();
        }

        var language = SetLanguage(request.Http);
        return explain
            ? TypedResults.Ok(await request.Rankings.ExplainAsync(
                results, dismissed, status, limit, IsCached(read), language, request.Http.RequestAborted))
            : request.Rankings.DocumentOf(results, dismissed, language).Take(limit, IsCached(read));
    }

    private static async ValueTask<Results<MatchesAnswer, ValidationProblem, ProblemHttpResult, StatusCodeHttpResult>> GetAsync(
        Guid id, [AsParameters] RankingRequest request, int limit = DefaultLimit)
    {
        if ((request.ReadStatus(out var status) ?? ValidateLimit(limit)) is { } invalid)
        {
            return invalid;
        }

        if (Caller.Of(request.Http).RoleIn(id) is null)
        {
            return Problems.NotFound(What);
        }

        var results = await request.Rankings.GetAsync(id, status, request.Http.RequestAborted);
        var dismissed = await request.Rankings.GetDismissedAsync(id, request.IncludeDismissed, request.Http.RequestAborted);
        var read = request.Http.ReportCache(CacheLayers.Matches, CacheLayers.Dismissals);
        if (!results.ProfileCompleted)
        {
            return Incomplete();
        }

        var document = request.Rankings.DocumentOf(results, dismissed, SetLanguage(request.Http));

        // The name contains the generations, the day and the algorithm: any change of the answer changes it.
        // An answer that could not be verified has no tag: it must not be confirmed as unchanged later.
        if (read is { Outcome: not CacheOutcome.Stale, Name: var name })
        {
            var tag = document.TagOf(status == RankedStatus.Upcoming ? $"{name}-upcoming" : name, limit);
            request.Http.Response.SetTag(tag);
            if (request.Http.Request.Has(tag))
            {
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        return document.Take(limit, IsCached(read));
    }

    /// <summary>A ranking as it is at a moment, with reasons; or the problem.</summary>
    internal static async ValueTask<(MatchesResponse? Answer, ProblemHttpResult? Problem)> ReadAsync(
        Guid id, RankingRequest request, RankedStatus status, DateTimeOffset now)
    {
        if (Caller.Of(request.Http).RoleIn(id) is null)
        {
            return (null, Problems.NotFound(What));
        }

        var results = await request.Rankings.GetAsync(id, status, request.Http.RequestAborted);
        if (!results.ProfileCompleted)
        {
            return (null, Incomplete());
        }

        var dismissed = await request.Rankings.GetDismissedAsync(id, request.IncludeDismissed, request.Http.RequestAborted);
        return (results.ToResponse(dismissed, MatchResults.MaxRanking, cached: true, now, SetLanguage(request.Http)), null);
    }

    private static ExplanationLanguage SetLanguage(HttpContext http)
    {
        var language = http.Request.PreferredLanguage();
        http.Response.SetLanguage(language);
        return language;
    }

    private static bool IsCached(CacheRead? read) => read is { Outcome: not CacheOutcome.Miss };

    private static ValidationProblem? ValidateLimit(int limit) =>
        limit is >= 1 and <= MatchResults.MaxRanking ? null : Problems.Invalid("limit", $"The limit is 1 to {MatchResults.MaxRanking}.");

    private static ProblemHttpResult Incomplete() => Problems.Conflict(
        "profile-incomplete", "The profile needs a sector, a focus area or a key technology before programs can be matched");
}
