using Connect.Benchmarks.Startup;

namespace Connect.Tests.Unit.Benchmarks.Startup;

/// <summary>What is asked for, and where it is found.</summary>
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

    [Fact]
    public void App_host_is_found_where_it_was_built_in_the_same_way()
    {
        var root = Directory.CreateTempSubdirectory("connect-startup-");
        try
        {
            var own = root.CreateSubdirectory("Connect.Benchmarks/release").FullName;
            var built = root.CreateSubdirectory("Connect.AppHost/release").FullName;
            var program = Path.Combine(built, "Connect.AppHost.dll");
            File.WriteAllText(program, "");

            // For the other engine: it is there, but starts containers.
            Assert.Null(AppHostProcess.Find(own));
            File.WriteAllText(Path.Combine(built, "Connect.LocalAspire.dll"), "");

            Assert.Equal(program, AppHostProcess.Find(own + Path.DirectorySeparatorChar));
            Assert.Null(AppHostProcess.Find(root.CreateSubdirectory("Connect.Benchmarks/debug").FullName));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
