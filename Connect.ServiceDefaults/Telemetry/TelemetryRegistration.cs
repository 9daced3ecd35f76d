using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>
/// OpenTelemetry for every service: metrics at <c>/metrics</c>, and metrics, traces and logs to an OTLP endpoint if one
/// is configured.
/// </summary>
internal static class TelemetryRegistration
{
    // Prefix of Connect's own meters and sources.
    private const string OwnNames = "Connect*";

    /// <summary>Whether telemetry is on. Off only to measure its cost.</summary>
    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Telemetry:Enabled", true);

    /// <summary>Whether an OTLP endpoint is configured; without one, traces and logs are not collected.</summary>
    public static bool IsExported(IConfiguration configuration) =>
        IsEnabled(configuration) && !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    public static void AddConnectTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<MetricsOptions, MetricsOptionsValidator>().BindConfiguration(MetricsOptions.SectionName);
        builder.Services.AddSingleton<MetricsAccess>();
        builder.Services.AddSingleton(provider => new MetricsAddress(
            provider.GetRequiredService<IServer>(), provider.GetRequiredService<IOptions<MetricsOptions>>().Value.Address));

        // Below Information it logs whole links; confirmation links contain mail address and code.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.DefaultLinkGenerator", LogLevel.Information);

        // It logs every address with its query: codes of links, and keys and tokens of callers who send them in the wrong place.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        if (!IsEnabled(builder.Configuration))
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder.Environment.ApplicationName))
            .WithMetrics(Measure);
        if (IsExported(builder.Configuration))
        {
            if (builder.Environment.IsDevelopment())
            {
                // A service exports its last telemetry when it stops. The dashboard may have stopped before, and the
                // default time-out would delay the service by five seconds and more.
                builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"] ??= "1000";
            }

            builder.Logging.AddOpenTelemetry(logging =>
            {
                logging.IncludeFormattedMessage = true;
                logging.IncludeScopes = true;
            });
            telemetry.WithTracing(Trace).UseOtlpExporter();
        }
    }

    // The environment (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) is read last, and overrides.
    private static void Describe(ResourceBuilder resource, string name) => resource
        .AddService(name, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
        .AddEnvironmentVariableDetector();

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter([OwnNames, .. PlatformInstruments.Meters])
        .AddView(PlatformInstruments.FindView)
        .AddPrometheusExporter();

    private static void Trace(TracerProviderBuilder tracing) => tracing
        .AddSource(OwnNames, HeartbeatFilter.PostgresSource, HeartbeatFilter.RedisSource)
        .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context.Request.Path))
        .AddHttpClientInstrumentation()
        .AddProcessor<HeartbeatFilter>();

    // Probes and metric scrapes come every few seconds and would hide other traces.
    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments("/health") || path.StartsWithSegments("/alive") || path.StartsWithSegments(MetricsRoutes.Path);
}
