using Connect.LocalAspire.Console;

namespace Connect.Tests.Unit.LocalAspire;

public sealed class ResourceLogsTests
{
    private readonly List<string> _written = [];

    [Fact]
    public void Tail_holds_the_lines_of_all_replicas()
    {
        var logs = new ResourceLogs([new Target(_written)]);
        logs.Write("api/1", "one");
        logs.Write("api/2", "[two]");
        logs.Write("api-other", "three");

        Assert.Equal(["api/1 | one", "api/2 | [two]"], logs.Tail("api"));
        Assert.Equal(3, _written.Count);
    }

    [Fact]
    public void Tail_forgets_old_lines()
    {
        var logs = new ResourceLogs([]);
        for (var line = 0; line < 1000; line++)
        {
            logs.Write("api", $"{line}");
        }

        Assert.Equal("api | 999", logs.Tail("api")[^1]);
        Assert.True(logs.Tail("api").Count < 100);
    }

    private sealed class Target(List<string> written) : IResourceLog
    {
        public void Write(string source, string line) => written.Add(line);
    }
}
