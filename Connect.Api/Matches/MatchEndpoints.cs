using System.Security.Claims;
using Connect.Api.Http;
using Connect.Api.OpenApi;
using Connect.Api.Organizations;
using Connect.Api.RateLimits;
using Connect.Core.Caching;
using Connect.Core.Matching;
using Connect.Core.Matching.Explanations;
using Connect.Core.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Matches;

/// <summary>The hot path: an organization's best matches.</summary>
internal static class MatchEndpoints
{
    private const int DefaultLimit = 3;
    private const string What = "Organization";

    public static void MapMatches(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/matches/generate", GenerateAsync)
            .WithTags("Matches").RequireAuthorization().ReportsCache().AnswersInLanguage().RequireRateLimiting(RateLimiting.Generation)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("The organization's best matches, computed where they are not cached.")
            .WithDescription(
                "The language follows Accept-Language: ko (the default) or en. With explain=true the answer also tells which calls are not "
                + "shown, and why: every call is looked at for it, so ask when somebody wants to know.");
        app.MapGet("/api/organizations/{id:guid}/matches", GetAsync)
            .WithTags("Matches").RequireAuthorization().ReportsCache().AnswersInLanguage().RequireRateLimiting(RateLimiting.Generation)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("The same answer as a resource, with ETag.")
            .WithDescription("The language follows Accept-Language: ko (the default) or en.");
    }

    private static async Task<Results<Ok<MatchesResponse>, ValidationProblem, ProblemHttpResult>> GenerateAsync(
        Guid organizationId, ClaimsPrincipal user, Ownership ownership, MatchReader matches, HiddenCallReader hidden, ActivityLog activity,
        HttpContext http, TimeProvider time, CancellationToken cancellationToken, int limit = DefaultLimit, bool explain = false)
    {
        if (ValidateLimit(limit) is { } invalid)
        {
            return invalid;
        }

        // Authorize first, then read: a cached answer is somebody's.
        if (!await ownership.IsMemberAsync(user, organizationId, cancellationToken))
        {
            return Problems.NotFound(What);
        }

        activity.Note(organizationId);
        var (results, read) = await ReadAsync(organizationId, matches, http, cancellationToken);
        if (!results.ProfileCompleted)
        {
            return Incomplete();
        }

        var language = http.Request.PreferredLanguage();
        http.Response.SetLanguage(language);
        var response = results.ToResponse(limit, IsCached(read), time.GetUtcNow(), language);
        return TypedResults.Ok(explain
            ? response with { Hidden = (await hidden.GetAsync(organizationId, cancellationToken)).ToItems(time.GetUtcNow(), language) }
            : response);
    }

    private static async Task<Results<Ok<MatchesResponse>, ValidationProblem, ProblemHttpResult, StatusCodeHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal user, Ownership ownership, MatchReader matches, ActivityLog activity, HttpContext http,
        TimeProvider time, CancellationToken cancellationToken, int limit = DefaultLimit)
    {
        if (ValidateLimit(limit) is { } invalid)
        {
            return invalid;
        }

        if (!await ownership.IsMemberAsync(user, id, cancellationToken))
        {
            return Problems.NotFound(What);
        }

        activity.Note(id);
        var (results, read) = await ReadAsync(id, matches, http, cancellationToken);
        if (!results.ProfileCompleted)
        {
            return Incomplete();
        }

        var language = http.Request.PreferredLanguage();
        http.Response.SetLanguage(language);

        // The name contains the numbers, the day and the algorithm: whatever could change the answer changes it.
        // An answer that could not be verified has no tag: it must not be confirmed as unchanged later.
        if (read is { Outcome: not CacheOutcome.Stale, Name: var name })
        {
            var tag = new EntityTagHeaderValue($"\"{name}-{limit}-{language.ToTag()}\"");
            http.Response.SetTag(tag);
            if (http.Request.Has(tag))
            {
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        return TypedResults.Ok(results.ToResponse(limit, IsCached(read), time.GetUtcNow(), language));
    }

    private static async ValueTask<(MatchResults Results, CacheRead? Read)> ReadAsync(
        Guid organizationId, MatchReader matches, HttpContext http, CancellationToken cancellationToken)
    {
        var results = await matches.GetAsync(organizationId, cancellationToken);
        return (results, http.ReportCache(CacheLayers.Matches));
    }

    private static bool IsCached(CacheRead? read) => read is { Outcome: not CacheOutcome.Miss };

    private static ValidationProblem? ValidateLimit(int limit) =>
        limit is >= 1 and <= MatchResults.MaxRanking ? null : Problems.Invalid("limit", $"The limit is 1 to {MatchResults.MaxRanking}.");

    private static ProblemHttpResult Incomplete() => Problems.Conflict(
        "profile-incomplete", "The profile needs a sector, a focus area or a key technology before calls can be matched");
}
