using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Connect.LocalAspire.Servers;

/// <summary>Runs the Prometheus of this machine with the configuration that its container would mount.</summary>
internal sealed class PrometheusRunner(ContainerResource container, string program, EngineContext engine)
    : ServerRunner(container, Endpoint(container), engine)
{
    // It reads what the projects tell, so it goes with them.
    public override bool IsServer => false;

    protected override async ValueTask<ProcessSpec> DescribeAsync(CancellationToken cancellationToken)
    {
        var folder = Engine.Temp.Subfolder(Resource.Name);
        var port = await Endpoint(container).AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
        var source = PrometheusConfiguration.Find(container)
            ?? throw new DistributedApplicationException($"The resource '{Resource.Name}' mounts no folder with a {PrometheusConfiguration.FileName}.");
        var file = Path.Combine(folder, PrometheusConfiguration.FileName);
        var text = await File.ReadAllTextAsync(source, cancellationToken).ConfigureAwait(false);
        var ports = await PrometheusConfiguration.PortsAsync(container, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(file, PrometheusConfiguration.Render(text, Path.GetDirectoryName(source)!, ports), cancellationToken)
            .ConfigureAwait(false);
        return new ProcessSpec
        {
            Name = Resource.Name,
            FileName = program,
            Arguments =
            [
                $"--config.file={file}",
                $"--storage.tsdb.path={Path.Combine(folder, "data")}",
                $"--web.listen-address=127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
                "--log.level=warn",
            ],
            WorkingDirectory = folder,
        };
    }

    private static EndpointAnnotation Endpoint(ContainerResource container) =>
        container.Annotations.OfType<EndpointAnnotation>().FirstOrDefault()
        ?? throw new DistributedApplicationException($"The resource '{container.Name}' has no endpoint.");
}
