using System.Net;
using System.Net.Sockets;
using Connect.AppHost.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.AppHost;

/// <summary>
/// The configured ports: of the projects, in their launchSettings.json, and of the dashboard, in the AppHost's. They
/// are checked before the start, because Aspire does not report a port in use.
/// </summary>
internal static class FixedPorts
{
    private static readonly (string Setting, string Owner)[] DashboardAddresses =
    [
        ("ASPNETCORE_URLS", "the dashboard"),
        ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "the dashboard's telemetry endpoint"),
        ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "the dashboard's telemetry endpoint"),
        ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "the dashboard's resource service"),
    ];

    /// <exception cref="EnvironmentProblemException">One of them is in use.</exception>
    public static Task CheckAsync(BeforeStartEvent starting, CancellationToken cancellationToken)
    {
        var configuration = starting.Services.GetRequiredService<IConfiguration>();
        if (!starting.Services.GetRequiredService<DistributedApplicationExecutionContext>().IsRunMode
            || configuration.GetValue<bool>("DcpPublisher:RandomizePorts"))
        {
            return Task.CompletedTask;
        }

        var dashboard = DashboardAddresses.SelectMany(address => (configuration[address.Setting] ?? "").Split(';')
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Port : 0)
            .Select(port => (port, address.Owner)));
        var resources = starting.Model.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()
            .Select(endpoint => (endpoint.Port ?? 0, $"the resource '{resource.Name}'")));
        foreach (var (port, owner) in dashboard.Concat(resources).Where(static one => one.Item1 != 0))
        {
            EnsureFree(port, owner);
        }

        return Task.CompletedTask;
    }

    /// <exception cref="EnvironmentProblemException">It is in use.</exception>
    public static void EnsureFree(int port, string owner)
    {
        if (!IsFree(port))
        {
            throw new EnvironmentProblemException(
                $"Port {port}, which {owner} needs, is in use by another process: stop that process (another AppHost?) or change the port in launchSettings.json.");
        }
    }

    public static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && CanBind(IPAddress.IPv6Loopback, port);

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            // The machine has no IPv6, so the port cannot be in use there.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
