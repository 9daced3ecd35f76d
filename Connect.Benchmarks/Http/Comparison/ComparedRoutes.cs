using System.Text.Json;
using Connect.Api.Http;
using Connect.Api.Matches;
using Connect.Api.RateLimits;
using Connect.Data.Matching;
using Connect.Domain.Matching.Explanations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Http.Comparison;

/// <summary>
/// Routes of the benchmark in the product's own pipeline, behind the same authentication, limits, telemetry and ownership as
/// the match route: the constant body that it is compared with, and the first platform's route.
/// </summary>
internal sealed class ComparedRoutes : IStartupFilter
{
    public const string Constant = "/api/benchmark/constant";
    public const string FirstPlatformMatches = "/api/benchmark/first-platform";
    public const string Evict = "/api/benchmark/evict";

    // The key under which the framework keeps the application with the entry point's routes.
    private const string RoutesProperty = "__EndpointRouteBuilder";

    private byte[]? _body;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        var routes = (IEndpointRouteBuilder)app.Properties[RoutesProperty]!;
        routes.MapPost(Constant, WriteConstantAsync).RequireAuthorization(Caller.ReadPolicy).RequireRateLimiting(RateLimiting.Generation)
            .DisableValidation();
        routes.MapPost(FirstPlatformMatches, FirstPlatform.GenerateAsync).RequireAuthorization(Caller.ReadPolicy).RequireRateLimiting(RateLimiting.Generation)
            .DisableValidation();
        routes.MapPost(Evict, static async (string tag, HybridCache cache) => await cache.RemoveByTagAsync(tag)).RequireAuthorization();
    };

    // Repeats the bytes of the first answer: no look-up, no serialization, one copy into the response.
    private async Task WriteConstantAsync(
        Guid organizationId, HttpContext http, CancellationToken cancellationToken)
    {
        if (Caller.Of(http).RoleIn(organizationId) is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = _body ??= await MakeBodyAsync(http.RequestServices, organizationId, cancellationToken);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, cancellationToken);
    }

    private static async Task<byte[]> MakeBodyAsync(IServiceProvider services, Guid organizationId, CancellationToken cancellationToken)
    {
        var results = await services.GetRequiredService<MatchReader>().GetAsync(organizationId, cancellationToken);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return JsonSerializer.SerializeToUtf8Bytes(
            results.ToResponse(limit: 3, cached: true, now, ExplanationLanguage.Ko), WireJson.Options);
    }
}
