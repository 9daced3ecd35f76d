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
/// OpenTelemetry for every service: metrics to whoever reads <c>/metrics</c>, and everything to an OTLP endpoint where one is
/// configured.
/// </summary>
internal static class TelemetryRegistration
{
    // Connect's own meters and sources all begin so.
    private const string OwnNames = "Connect*";

    /// <summary>Whether services measure themselves at all. Off only to learn what measuring costs.</summary>
    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Telemetry:Enabled", true);

    /// <summary>Whether traces and logs go anywhere: what nobody gets is not collected.</summary>
    public static bool IsExported(IConfiguration configuration) =>
        IsEnabled(configuration) && !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    public static void AddConnectTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<MetricsOptions, MetricsOptionsValidator>().BindConfiguration(MetricsOptions.SectionName);
        builder.Services.AddSingleton<MetricsAccess>();
        builder.Services.AddSingleton(provider => new MetricsAddress(
            provider.GetRequiredService<IServer>(), provider.GetRequiredService<IOptions<MetricsOptions>>().Value.Address));

        // At its most talkative it writes whole links: in those that confirm an address stand the address and the code.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.DefaultLinkGenerator", LogLevel.Information);
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
                // The dashboard ends together with the services. A service that stops exports its last telemetry, and with the
                // default time-out waits five seconds and more for a dashboard that is gone.
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

    // What the environment says (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) comes last, and stands.
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

    // Probes and scrapes come every few seconds and say nothing: they would bury what people do.
    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments("/health") || path.StartsWithSegments("/alive") || path.StartsWithSegments(MetricsRoutes.Path);
}
