using Connect.Api.Edge;
using Connect.Api.Matches;
using Connect.Api.Organizations;
using Connect.Api.RateLimits;
using Connect.Caching.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Explanations;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Explanations;

/// <summary>Matches in words.</summary>
internal static class ExplanationEndpoints
{
    private const string What = "Match";

    public static void MapExplanations(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/matches/{id:guid}/explanation", GetAsync).WithName("GetMatchExplanation")
            .WithTags("Matches").RequireAuthorization(Caller.ReadPolicy).ReportsCache().AnswersInLanguage().RequireRateLimiting(RateLimiting.Explanation)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("A match in words, by a language model where there is one, else by rules.")
            .WithDescription(
                "The language follows Accept-Language: ko (the default) or en. A model's text is written once for the same facts and has an ETag; "
                + "source says who wrote, and a text by rules is never kept.")
            .WithRequestTimeout(Timeouts.Explanation);

    private static async Task<Results<Ok<ExplanationResponse>, ProblemHttpResult, StatusCodeHttpResult>> GetAsync(
        Guid id, [AsParameters] MemberRequest request, MatchOwnerReader owners, ExplanationReader explanations)
    {
        // Authorize first, then read. A match never changes its organization, so the owner may be cached; members may leave.
        if (await owners.FindAsync(id, request.Aborted) is not { } owner)
        {
            return Problems.NotFound(What);
        }

        if (request.Refuse(owner.OrganizationId, OrganizationRole.Reader, What) is { } refused)
        {
            return refused;
        }

        var http = request.Http;
        try
        {
            var caller = new ExplanationCaller(request.UserId, RateLimiting.AddressOf(http));
            return await explanations.FindAsync(owner, http.Request.PreferredLanguage(), caller, request.Aborted) is { } explanation
                ? Answer(owner, explanation, http)
                : Problems.NotFound(What);
        }
        catch (ExplanationLimitException exception)
        {
            http.Response.Headers.RetryAfter = RateLimiting.RetryAfter(exception.RetryAfter);
            return Problems.TooMany();
        }
    }

    private static Results<Ok<ExplanationResponse>, ProblemHttpResult, StatusCodeHttpResult> Answer(
        MatchOwner owner, Explanation explanation, HttpContext http)
    {
        var headers = http.Response.Headers;
        http.Response.SetLanguage(explanation.Language);
        headers.CacheControl = "private, no-cache";
        if (explanation.InputHash is not { } hash)
        {
            // The rules wrote the text now, perhaps from a last good ranking.
            headers[RequestTracing.CacheHeader] = CacheTrace.Current?.ReadOf(CacheLayers.Matches) is { Outcome: CacheOutcome.Stale }
                ? "miss; stale"
                : "miss";
            return TypedResults.Ok(ToResponse(explanation));
        }

        // Equal inputs have equal texts. A last good answer has no tag, because it must not be confirmed later.
        if (http.ReportCache(CacheLayers.Explanations) is { Outcome: not CacheOutcome.Stale })
        {
            var tag = new EntityTagHeaderValue($"\"{owner.MatchId:N}-{hash[..32]}\"");
            http.Response.SetTag(tag);
            if (http.Request.Has(tag))
            {
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        return TypedResults.Ok(ToResponse(explanation));
    }

    private static ExplanationResponse ToResponse(Explanation explanation) => new(
        explanation.Owner.MatchId,
        explanation.Owner.OrganizationId,
        explanation.Owner.ProgramId,
        explanation.Language.ToTag(),
        explanation.Fallback is null ? "model" : "rules",
        explanation.Text,
        explanation.Model,
        explanation.Fallback?.ToName(),
        explanation.Breakdown.Total,
        new BreakdownItem(
            explanation.Breakdown.Industry, explanation.Breakdown.Trl, explanation.Breakdown.Type, explanation.Breakdown.Rnd,
            explanation.Breakdown.Deadline),
        explanation.GeneratedAt.ToOffset(SeoulTime.Offset));
}
