using Connect.Api.Idempotency;
using Connect.Data.Caching;
using Connect.Data.Instances;
using Connect.Data.Model;
using Connect.Data.Warming;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Api.CacheAdministration;

/// <summary><c>/api/admin/cache</c>.</summary>
internal static class CacheEndpoints
{
    private const string Root = "/api/admin/cache";
    private const string Warmings = "warmings";

    public static void MapCacheAdministration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Root).WithTags("Administration").RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/", ReportAsync).WithName("GetCache").WithSummary("The counts of every live instance since its start, and their sum.");
        group.MapDelete("/tags/{tag}", EvictAsync).WithName("DeleteCacheTag").WithSummary("Evicts everything with a tag in all instances; * is everything there is.");
        group.MapPost("/warm", WarmAsync).WithName("WarmCache").AcceptsIdempotencyKey().WithSummary("Asks for the rankings of active organizations to be computed ahead of their readers.");
        group.MapGet($"/{Warmings}", ListAsync).WithName("ListCacheWarmings").WithSummary("Warmings, newest first, also those that wait or are under way.");
    }

    private static async Task<Ok<CacheReport>> ReportAsync(CacheInstances instances, CancellationToken cancellationToken) =>
        TypedResults.Ok((await instances.ReadAsync(cancellationToken)).ToReport());

    private static async Task<Results<NoContent, ValidationProblem>> EvictAsync(
        string tag, HybridCache cache, CancellationToken cancellationToken)
    {
        if (TagRules.FindError(tag) is { } error)
        {
            return Problems.Invalid("tag", error);
        }

        await cache.RemoveByTagAsync(tag, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<WarmingAccepted>, ProblemHttpResult>> WarmAsync(
        IdempotentWrites writes, HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        var outcome = await writes.ExecuteAsync(
            http, "cache.warm", request: null,
            async (context, token) =>
            {
                var id = await context.RequestWarmingAsync(WarmingTrigger.Administrator, time.GetUtcNow(), token);
                return new Written<Guid>(id, [id]);
            },
            cancellationToken);
        return outcome.IsKeyReused
            ? Problems.IdempotencyKeyReused()
            : TypedResults.Accepted($"{Root}/{Warmings}", new WarmingAccepted(outcome.Replayed?[0] ?? outcome.Result));
    }

    private static Task<Results<Ok<Page<WarmingItem>>, ValidationProblem>> ListAsync(
        ConnectDbContext context, CancellationToken cancellationToken, int limit = Paging.DefaultLimit, string? cursor = null) =>
        Paging.NewestFirstAsync(context.CacheWarmings, limit, cursor, CacheMapping.ToItem, item => item.Id, cancellationToken);
}
