using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;

namespace Connect.LocalAspire.Servers;

/// <summary>Which containers are programs that may be installed on this machine.</summary>
internal static class ContainerPrograms
{
    private const string PrometheusImage = "prom/prometheus";

    public static ResourceRunner NewRunner(ContainerResource container, EngineContext engine) =>
        NewRunner(container, engine, SystemPrograms.Find);

    internal static ResourceRunner NewRunner(ContainerResource container, EngineContext engine, Func<string, string?> find)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Image;
        if (image != PrometheusImage)
        {
            return new UnavailableRunner(container, $"The image {image} needs a container engine.", engine);
        }

        return find("prometheus") is { } program
            ? new PrometheusRunner(container, program, engine)
            : new UnavailableRunner(container, $"Prometheus is not installed: install it with '{InstallCommands.Prometheus}'.", engine);
    }
}
