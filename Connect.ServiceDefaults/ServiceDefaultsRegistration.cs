using Connect.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Connect.ServiceDefaults;

/// <summary>What every service of Connect has: telemetry, health, service discovery, resilient HTTP clients.</summary>
public static class ServiceDefaultsRegistration
{
    /// <summary>Tag of the health checks that say whether the process lives, whatever it depends on.</summary>
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
    /// Maps <c>/health</c> (ready to be used: 200 Healthy or Degraded, 503 Unhealthy) and <c>/alive</c> (worth
    /// keeping). A cache that is away degrades a service; only what it cannot work without makes it unhealthy. And
    /// <c>/metrics</c>, for whom the configuration lets read it.
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
