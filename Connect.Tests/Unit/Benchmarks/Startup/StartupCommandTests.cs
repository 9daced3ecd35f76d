using Connect.Benchmarks.Startup;

namespace Connect.Tests.Unit.Benchmarks.Startup;

/// <summary>The command's arguments.</summary>
public sealed class StartupCommandTests
{
    [Fact]
    public void Three_runs_are_the_default()
    {
        Assert.Equal(3, StartupCommand.ParseRuns([]));
        Assert.Equal(1, StartupCommand.ParseRuns(["1"]));
        Assert.Equal(20, StartupCommand.ParseRuns(["20"]));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("21")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1", "2")]
    public void Other_arguments_are_refused(params string[] arguments) => Assert.Null(StartupCommand.ParseRuns(arguments));
}
