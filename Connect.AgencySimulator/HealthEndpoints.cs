namespace Connect.AgencySimulator;

/// <summary>Liveness and readiness.</summary>
internal static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", static () => TypedResults.Text("Healthy"));
        routes.MapGet("/alive", static () => TypedResults.Text("Healthy"));
        return routes;
    }
}
