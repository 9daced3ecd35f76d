using Connect.AppHost.Servers.Prometheus;
using Microsoft.Extensions.Configuration;

namespace Connect.AppHost;

/// <summary>Prometheus and Grafana beside the services they watch, with what <c>deploy/observability</c> ships.</summary>
internal static class Observability
{
    private const string Shipped = "../deploy/observability";
    private const string Mounted = "/etc/connect";

    // A container reaches this machine under another name: the shipped file has the lines for it as marked comments.
    private const string RenderAndStart =
        $"sed -e \"s|http://localhost:5180|$API_HTTP|\" -e 's|#in-a-container: ||' -e 's|- rules/|- {Mounted}/rules/|' "
        + $"{Mounted}/prometheus.yml > /tmp/prometheus.yml "
        + "&& exec /bin/prometheus --config.file=/tmp/prometheus.yml --storage.tsdb.path=/prometheus";

    /// <summary>
    /// Adds both, unless the configuration says <c>Observability=false</c>; without a container engine only Prometheus,
    /// where it is installed. Nothing waits for them.
    /// </summary>
    public static void AddObservability(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> api, bool inContainers)
    {
        if (!builder.ExecutionContext.IsRunMode || !builder.Configuration.GetValue("Observability", true))
        {
            return;
        }

        if (inContainers)
        {
            builder.AddContainers(api);
        }
        else
        {
            builder.AddPrometheusProgram(
                "prometheus", Path.GetFullPath($"{Shipped}/prometheus", builder.AppHostDirectory), api.GetEndpoint("http"))?.WatchesApi(api);
        }
    }

    private static void AddContainers(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> api)
    {
        var prometheus = builder.AddContainer("prometheus", "prom/prometheus", "v3.5.0")
            .WithBindMount($"{Shipped}/prometheus", Mounted, isReadOnly: true)
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", RenderAndStart)
            .WithHttpEndpoint(targetPort: 9090)
            .WithReference(api)
            .WatchesApi(api);

        builder.AddContainer("grafana", "grafana/grafana", "12.0.2")
            .WithBindMount($"{Shipped}/grafana/provisioning", "/etc/grafana/provisioning", isReadOnly: true)
            .WithBindMount($"{Shipped}/grafana/dashboards", "/var/lib/connect/dashboards", isReadOnly: true)
            .WithEnvironment("PROMETHEUS_URL", prometheus.GetEndpoint("http"))
            .WithEnvironment("GF_AUTH_ANONYMOUS_ENABLED", "true")
            .WithHttpEndpoint(targetPort: 3000)
            .WithHttpHealthCheck("/api/health")
            .WaitFor(prometheus)
            .WithUrlForEndpoint("http", url => url.DisplayText = "Grafana");
    }

    private static IResourceBuilder<T> WatchesApi<T>(this IResourceBuilder<T> prometheus, IResourceBuilder<ProjectResource> api)
        where T : IResourceWithEndpoints, IResourceWithWaitSupport =>
        prometheus
            .WithHttpHealthCheck("/-/ready")
            .WaitFor(api)
            .WithUrlForEndpoint("http", url => url.DisplayText = "Prometheus")
            .WithPage("/alerts", "Alerts");

    /// <summary>Shows one more page of a resource beside its address.</summary>
    public static IResourceBuilder<T> WithPage<T>(this IResourceBuilder<T> builder, string path, string displayText)
        where T : IResourceWithEndpoints =>
        builder.WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = path, DisplayText = displayText });
}
