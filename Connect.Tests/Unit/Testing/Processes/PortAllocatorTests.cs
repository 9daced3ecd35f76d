using Connect.Testing.Processes;

namespace Connect.Tests.Unit.Testing.Processes;

public sealed class PortAllocatorTests
{
    [Fact]
    public void Ports_are_different_each_time()
    {
        var ports = Enumerable.Range(0, 20).Select(_ => PortAllocator.Next()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
    }
}
