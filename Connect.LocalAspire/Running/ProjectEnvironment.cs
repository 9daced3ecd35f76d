using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Running;

/// <summary>The environment of a project's process: what Aspire injects, in Aspire's order of precedence.</summary>
internal static class ProjectEnvironment
{
    // Where this process listens, how it was launched: nothing of it concerns the children.
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "HTTP_PORTS", "HTTPS_PORTS", "URLS", "DOTNET_URLS",
        "ASPNETCORE_CONTENTROOT", "DOTNET_CONTENTROOT", "DOTNET_ENVIRONMENT",
    ];

    public static async ValueTask<Dictionary<string, string?>> BuildAsync(
        ProjectResource project, LaunchProfile profile, string instanceId, string? url, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object>();
        foreach (var (name, value) in profile.Environment)
        {
            values[name] = value;
        }

        if (profile.Name is not null)
        {
            values["DOTNET_LAUNCH_PROFILE"] = profile.Name;
        }

        if (url is not null)
        {
            values["ASPNETCORE_URLS"] = url;
        }

        AddTelemetry(values, project.Name, instanceId);
        values["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        var context = new EnvironmentCallbackContext(values);
        foreach (var annotation in project.Annotations.OfType<EnvironmentAnnotation>())
        {
            await annotation.Callback(context, cancellationToken).ConfigureAwait(false);
        }

        var environment = NotInherited.ToDictionary(name => name, string? (_) => null);
        foreach (var (name, value) in values)
        {
            environment[name] = value is IValueProvider provider
                ? await provider.GetValueAsync(cancellationToken).ConfigureAwait(false)
                : Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        return environment;
    }

    /// <summary>The exporter's address is inherited where the AppHost has one; there is no dashboard of our own.</summary>
    private static void AddTelemetry(Dictionary<string, object> values, string name, string instanceId)
    {
        values["OTEL_SERVICE_NAME"] = name;
        values["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instanceId}";
        values["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        values["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        values["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        values["OTEL_TRACES_SAMPLER"] = "always_on";
        values["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        values["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        values["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        values["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }
}
