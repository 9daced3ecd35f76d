using System.Net;
using System.Net.Sockets;
using Connect.LocalAspire.Running;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class PortAllocatorTests
{
    [Fact]
    public void Ports_are_different_each_time()
    {
        var ports = Enumerable.Range(0, 20).Select(_ => PortAllocator.Next()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
    }

    [Fact]
    public void Problem_names_port_and_resource_when_the_port_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var problem = Assert.Throws<EnvironmentProblemException>(() => PortAllocator.EnsureFree(port, "api"));

        Assert.Contains($"Port {port}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'api'", problem.Message, StringComparison.Ordinal);
    }
}
