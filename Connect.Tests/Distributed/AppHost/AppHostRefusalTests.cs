using Connect.AppHost.Servers;
using Connect.Testing.Servers;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>The AppHost on a machine that it cannot run on: one sentence, and nothing that it started is left after 15 s.</summary>
public sealed class AppHostRefusalTests : IDisposable
{
    private const int EnvironmentProblem = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("connect-test-").FullName;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Port_in_use_is_said_in_one_sentence()
    {
        await using var processes = new CheckerProcesses();
        await using var other = LoopbackServer.Create("http://127.0.0.1:5190");
        await other.StartAsync(CancellationToken);

        var appHost = AppHostProcess.Start(processes, "--UseVolumes=false");

        Assert.Equal(EnvironmentProblem, await appHost.Exited.WaitAsync(CancellationToken));
        Assert.Contains(
            "Port 5190, which the resource 'agency-simulator' needs, is in use by another process: stop that process (another AppHost?) or change the port in launchSettings.json.",
            appHost.Log(), StringComparison.Ordinal);
        Assert.Empty(await appHost.AwaitEndAsync());
    }

    [Fact]
    public async Task Server_that_cannot_run_ends_the_app_host_with_its_sentence()
    {
        await using var processes = new CheckerProcesses();

        var appHost = AppHostProcess.StartBeside(
            processes, "--Servers=programs", "--UseVolumes=false", $"--Postgres:BinFolder={_folder}", "--Postgres:Download:Enabled=false");

        Assert.Equal(EnvironmentProblem, await appHost.Exited.WaitAsync(CancellationToken));
        Assert.Contains(
            $"PostgreSQL was not found and downloading it is turned off: install it with '{InstallCommands.Postgres}'.",
            appHost.Log(), StringComparison.Ordinal);
        Assert.Empty(await appHost.AwaitEndAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
