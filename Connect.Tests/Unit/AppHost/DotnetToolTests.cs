using System.Runtime.InteropServices;
using Connect.AppHost.Servers;

namespace Connect.Tests.Unit.AppHost;

public sealed class DotnetToolTests : IDisposable
{
    private readonly string _packages = Directory.CreateTempSubdirectory("connect-test-").FullName;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("garnet-server")]
    [InlineData("rnwood.smtp4dev")]
    public async Task Tool_of_the_repository_is_started_without_a_parent(string package)
    {
        var command = await new DotnetTool(package, Projects.Connect_AppHost.ProjectPath).FindCommandAsync(CancellationToken);

        Assert.NotNull(command);
        Assert.All(command, static file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public async Task Tool_that_no_manifest_lists_is_not_found() =>
        Assert.Null(await new DotnetTool("no-such-tool", _packages).FindCommandAsync(CancellationToken));

    [Fact]
    public void Version_is_that_of_the_manifest_and_the_framework_the_newest_that_runs()
    {
        var running = $"net{Environment.Version.Major}.0";
        foreach (var (version, framework) in (IEnumerable<(string, string)>)[("1.0.9", running), ("1.0.10", "net6.0"), ("1.0.10", running), ("1.0.10", "net99.0")])
        {
            Write("tool", version, framework, """<Command Name="tool" EntryPoint="Tool.dll" Runner="dotnet" />""");
        }

        var settings = Path.Combine(_packages, "tool", "1.0.10", "tools", running, "any");
        Assert.Equal([SystemPrograms.Dotnet, Path.Combine(settings, "Tool.dll")], DotnetTool.FindCommand(_packages, "Tool", "1.0.10"));
        Assert.Null(DotnetTool.FindCommand(_packages, "Tool", "2.0.0"));
    }

    [Fact]
    public void Program_for_this_system_comes_before_the_one_for_all()
    {
        Write("tool", "1.0.0", "net10.0", $"""
            <Command Name="tool" />
            <RuntimeIdentifierPackage RuntimeIdentifier="any" Id="Tool.any" />
            <RuntimeIdentifierPackage RuntimeIdentifier="{RuntimeInformation.RuntimeIdentifier}" Id="Tool.this" />
            """);
        Assert.Null(DotnetTool.FindCommand(_packages, "tool", "1.0.0"));

        Write("tool.any", "1.0.0", "net10.0", """<Command Name="tool" EntryPoint="Tool.dll" Runner="dotnet" />""");
        Assert.Equal("Tool.dll", Path.GetFileName(DotnetTool.FindCommand(_packages, "tool", "1.0.0")![^1]));

        Write("tool.this", "1.0.0", "any", """<Command Name="tool" EntryPoint="A.Tool" Runner="executable" />""");
        Assert.Equal("A.Tool", Path.GetFileName(Assert.Single(DotnetTool.FindCommand(_packages, "tool", "1.0.0")!)));
    }

    public void Dispose() => Directory.Delete(_packages, recursive: true);

    private void Write(string package, string version, string framework, string content) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(Path.Combine(_packages, package, version, "tools", framework, "any")).FullName, "DotnetToolSettings.xml"),
        $"<DotNetCliTool><Commands>{content}</Commands></DotNetCliTool>");
}
