using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>The routes of monitoring systems.</summary>
public static class MetricsRoutes
{
    /// <summary>Where metrics are read.</summary>
    internal const string Path = "/metrics";

    /// <summary>Maps <c>/metrics</c>: what this process measured, in Prometheus' format.</summary>
    internal static void MapMetrics(this WebApplication app)
    {
        if (TelemetryRegistration.IsEnabled(app.Configuration))
        {
            app.MapPrometheusScrapingEndpoint(Path).ForMonitoring();
        }
    }

    /// <summary>
    /// Makes a route one of monitoring: answered where <see cref="MetricsOptions"/> lets the caller in, and not there for
    /// everybody else; neither limited nor measured.
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
