using System.Net;
using System.Net.Sockets;
using Connect.AppHost;
using Connect.AppHost.Servers;

namespace Connect.Tests.Unit.AppHost;

public sealed class FixedPortsTests
{
    [Fact]
    public void Problem_names_port_and_resource_when_the_port_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var problem = Assert.Throws<EnvironmentProblemException>(() => FixedPorts.EnsureFree(port, "the resource 'api'"));

        Assert.Contains($"Port {port}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'api'", problem.Message, StringComparison.Ordinal);
    }
}
