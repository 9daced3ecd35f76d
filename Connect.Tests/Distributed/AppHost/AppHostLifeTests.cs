using Connect.AppHost.Servers;
using Connect.Benchmarks.Processes;
using Connect.Benchmarks.Servers;
using Connect.Benchmarks.Startup;
using Connect.Tests.Distributed.Observability;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>
/// The AppHost as a developer runs it, on the ports of development, where it cannot run or is not let to: one sentence, and
/// nothing that it started is left after 15 s.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class AppHostLifeTests : IDisposable
{
    private const int EnvironmentProblem = 2;
    private const int Interrupted = 130;

    private readonly string _folder = Directory.CreateTempSubdirectory("connect-test-").FullName;

    public AppHostLifeTests()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux shows which processes an AppHost has started.");
            return;
        }

        // Run by root, the server is another user's, who has to get in.
        File.SetUnixFileMode(
            _folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

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

    [Fact(Explicit = true)]
    public async Task Nothing_is_left_when_it_is_interrupted_while_it_starts()
    {
        await using var processes = new CheckerProcesses();
        foreach (var signal in (string[])["Distributed application starting.", "Login to the dashboard"])
        {
            var appHost = AppHostProcess.Start(processes, "--UseVolumes=false");
            await Patiently.UntilAsync(() => Task.FromResult(appHost.Log().Contains(signal, StringComparison.Ordinal)));

            appHost.Signal(UnixSignal.Interrupt);

            Assert.Equal(Interrupted, await appHost.Exited.WaitAsync(CancellationToken));
            Assert.Contains("Stopped before everything was up.", appHost.Log(), StringComparison.Ordinal);
            Assert.Empty(await appHost.AwaitEndAsync());
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
