using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>The routes of monitoring systems.</summary>
public static class MetricsRoutes
{
    /// <summary>Path of the metrics.</summary>
    internal const string Path = "/metrics";

    /// <summary>Maps <c>/metrics</c>: this process's metrics in Prometheus' format.</summary>
    internal static void MapMetrics(this WebApplication app)
    {
        if (TelemetryRegistration.IsEnabled(app.Configuration))
        {
            app.MapPrometheusScrapingEndpoint(Path).ForMonitoring();
        }
    }

    /// <summary>
    /// Makes a route one of monitoring: answered if <see cref="MetricsOptions"/> allows the client, else 404; neither
    /// rate-limited nor measured.
    /// </summary>
    public static TBuilder ForMonitoring<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.AllowAnonymous().DisableRateLimiting().DisableHttpMetrics();
        route.Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                if (context.RequestServices.GetRequiredService<MetricsAccess>().IsAllowed(context))
                {
                    return answer(context);
                }

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
        return route;
    }
}
