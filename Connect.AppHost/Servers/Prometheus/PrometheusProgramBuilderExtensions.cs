using Microsoft.Extensions.DependencyInjection;

namespace Connect.AppHost.Servers.Prometheus;

/// <summary>Adds the Prometheus of this machine, with the configuration that its container would mount.</summary>
internal static class PrometheusProgramBuilderExtensions
{
    /// <summary>Adds a server that keeps its data for the run; null where Prometheus is not installed.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="shipped">The folder of the configuration.</param>
    /// <param name="api">Where processes are asked for.</param>
    public static IResourceBuilder<ExecutableResource>? AddPrometheusProgram(
        this IDistributedApplicationBuilder builder, string name, string shipped, EndpointReference api)
    {
        if (SystemPrograms.Find("prometheus") is not { } program)
        {
            return null;
        }

        var folder = "";
        var prometheus = builder.AddExecutable(name, program, builder.AppHostDirectory)
            .WithHttpEndpoint()
            .PreparedBy(async (services, _, cancellationToken) =>
            {
                folder = services.GetRequiredService<ThrowAwayFolder>().Subfolder(name);
                var text = await File.ReadAllTextAsync(Path.Combine(shipped, PrometheusConfiguration.FileName), cancellationToken).ConfigureAwait(false);
                var address = await api.GetValueAsync(cancellationToken).ConfigureAwait(false);
                await File.WriteAllTextAsync(
                    Path.Combine(folder, PrometheusConfiguration.FileName),
                    PrometheusConfiguration.Render(text, shipped, new Uri(address!)), cancellationToken).ConfigureAwait(false);
            });
        return prometheus.WithArgs(context =>
        {
            context.Args.Add($"--config.file={Path.Combine(folder, PrometheusConfiguration.FileName)}");
            context.Args.Add($"--storage.tsdb.path={Path.Combine(folder, "data")}");
            context.Args.Add(ReferenceExpression.Create(
                $"--web.listen-address=127.0.0.1:{prometheus.GetEndpoint("http").Property(EndpointProperty.TargetPort)}"));
            context.Args.Add("--log.level=warn");
        });
    }
}
