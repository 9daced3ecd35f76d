using System.Net;
using Connect.Testing.Processes;
using Connect.Testing.Servers;
using Connect.Tests.Distributed.Observability;

namespace Connect.Tests.Distributed.AppHost;

/// <summary>
/// The AppHost as a developer runs it, on the ports of development. However it ends, nothing that it started is left
/// after 15 s.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class AppHostLifeTests : IDisposable
{
    private const int EnvironmentProblem = 2;
    private const int Interrupted = 130;
    private const string Password = "Passw0rd!-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("connect-test-").FullName;

    public AppHostLifeTests()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux shows which processes an AppHost has started.");
            return;
        }

        // If the tests run as root, PostgreSQL runs as another user, which needs access to the folder.
        File.SetUnixFileMode(
            _folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

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

    [Fact(Explicit = true)]
    public async Task Nothing_is_left_and_no_data_lost_however_it_ends()
    {
        await using var processes = new CheckerProcesses();
        var kept = $"--DataFolder={_folder}";
        var email = $"{Guid.NewGuid():N}@example.com";
        var isFirst = true;
        foreach (var signal in (UnixSignal[])[UnixSignal.Kill, UnixSignal.Terminate, UnixSignal.Interrupt])
        {
            var appHost = AppHostProcess.Start(processes, kept);
            await AwaitHealthAsync(appHost);
            var client = new ApiClient(AppHostProcess.Address);
            if (isFirst)
            {
                ApiAnswer registered = await client.SendAsync(HttpMethod.Post, "/auth/register", new { email, password = Password });
                Assert.Equal(HttpStatusCode.OK, registered.Status);
                isFirst = false;
            }

            await client.SignInAsync(email, Password);
            var second = AppHostProcess.StartBeside(processes, kept);
            Assert.Equal(EnvironmentProblem, await second.Exited.WaitAsync(CancellationToken));
            Assert.Contains("Another AppHost is using the database in ", second.Log(), StringComparison.Ordinal);
            Assert.Empty(await second.AwaitEndAsync());

            appHost.Signal(signal);

            Assert.Empty(await appHost.AwaitEndAsync());
            Assert.True(signal == UnixSignal.Kill || await appHost.Exited == 0, appHost.Log());
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task AwaitHealthAsync(AppHostProcess appHost) => Patiently.UntilAsync(async () =>
    {
        Assert.False(appHost.Exited.IsCompleted, appHost.Log());
        using var http = new HttpClient { BaseAddress = AppHostProcess.Address, Timeout = AppHostProcess.AnswerTimeout };
        try
        {
            using var response = await http.GetAsync("/health", CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    });
}
