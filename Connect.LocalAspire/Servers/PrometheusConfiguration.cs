using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Connect.LocalAspire.Servers;

/// <summary>The configuration that a Prometheus container mounts, made to fit this machine.</summary>
internal static partial class PrometheusConfiguration
{
    public const string FileName = "prometheus.yml";

    /// <summary>The file that the container mounts; null where it mounts none.</summary>
    public static string? Find(ContainerResource container) =>
        container.Annotations.OfType<ContainerMountAnnotation>()
            .Where(mount => mount.Type == ContainerMountType.BindMount)
            .Select(mount => Path.Combine(mount.Source!, FileName))
            .FirstOrDefault(File.Exists);

    /// <summary>Where the services that the container refers to are found by default, and where they are now.</summary>
    public static async Task<IReadOnlyDictionary<int, int>> PortsAsync(ContainerResource container, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        foreach (var annotation in container.Annotations.OfType<EnvironmentAnnotation>())
        {
            await annotation.Callback(new EnvironmentCallbackContext(variables), cancellationToken).ConfigureAwait(false);
        }

        var ports = new Dictionary<int, int>();
        foreach (var endpoint in variables.Values.OfType<EndpointReference>().Select(reference => reference.Annotation))
        {
            if (endpoint.Port is { } port)
            {
                ports[port] = await endpoint.AllocatedPortAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return ports;
    }

    /// <summary>Leads to the services' ports of this run, and to the rule files where they are.</summary>
    /// <param name="text">The configuration as it is shipped.</param>
    /// <param name="folder">The folder that its relative paths begin in.</param>
    /// <param name="ports">The ports of this run by the ones that the configuration names.</param>
    public static string Render(string text, string folder, IReadOnlyDictionary<int, int> ports)
    {
        var addressed = LocalAddress().Replace(text, match =>
            ports.TryGetValue(int.Parse(match.ValueSpan, CultureInfo.InvariantCulture), out var port)
                ? port.ToString(CultureInfo.InvariantCulture)
                : match.Value);
        return RuleFile().Replace(addressed, match => $"'{Path.Combine(folder, match.Value).Replace("'", "''", StringComparison.Ordinal)}'");
    }

    [GeneratedRegex(@"(?<=localhost:)[0-9]{1,5}\b")]
    private static partial Regex LocalAddress();

    [GeneratedRegex(@"(?<=^\s*-\s+)rules/\S+$", RegexOptions.Multiline)]
    private static partial Regex RuleFile();
}
