using System.Text.Json;
using Connect.Api.Http;
using Connect.Api.Matches;
using Connect.Data.Matching;
using Connect.Domain.Matching.Explanations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Caching.Distributed;

namespace Connect.Benchmarks.Http.Comparison;

/// <summary>
/// The cached match route as the first platform had it: the finished answer in Redis as JSON text, parsed on every
/// request, marked as cached, and written again. The original had no check of the caller; here it has Connect's, with
/// the caller's access in Redis under <see cref="RedisOnlyCache"/> or, as a stronger rival, in Connect's memory.
/// </summary>
internal static class FirstPlatform
{
    private const int Limit = 3;

    public static async Task<Results<Ok<MatchesResponse>, ProblemHttpResult>> GenerateAsync(
        Guid organizationId, HttpContext http, MatchReader matches, IDistributedCache redis, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Caller.Of(http).RoleIn(organizationId) is null)
        {
            return Problems.NotFound("Organization");
        }

        var key = $"first-platform:answer:{organizationId}";
        if (await redis.GetAsync(key, cancellationToken) is { } stored)
        {
            return TypedResults.Ok(JsonSerializer.Deserialize<MatchesResponse>(stored, WireJson.Options)! with { Cached = true });
        }

        var results = await matches.GetAsync(organizationId, cancellationToken);
        var response = results.ToResponse(Limit, cached: false, time.GetUtcNow(), ExplanationLanguage.Ko);
        await redis.SetAsync(
            key, JsonSerializer.SerializeToUtf8Bytes(response, WireJson.Options),
            new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(24) }, cancellationToken);
        return TypedResults.Ok(response);
    }
}
