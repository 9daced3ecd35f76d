using Connect.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Connect.ServiceDefaults;

/// <summary>Defaults of every service: telemetry, health, service discovery, resilient HTTP clients.</summary>
public static class ServiceDefaultsRegistration
{
    /// <summary>Tag of the health checks of <c>/alive</c>, which do not depend on other services.</summary>
    public const string LiveTag = "live";

    /// <summary>Registers the defaults.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddConnectTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (readiness: 200 Healthy or Degraded, 503 Unhealthy), <c>/alive</c> (liveness) and
    /// <c>/metrics</c>, for the networks in configuration. An absent Redis only degrades a service.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health").AllowAnonymous().DisableRateLimiting().DisableHttpMetrics();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) })
            .AllowAnonymous().DisableRateLimiting().DisableHttpMetrics();
        app.MapMetrics();
        return app;
    }
}
