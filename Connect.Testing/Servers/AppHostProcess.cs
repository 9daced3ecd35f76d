using Connect.AppHost;
using Connect.AppHost.Servers;
using Connect.Testing.Processes;

namespace Connect.Testing.Servers;

/// <summary>The AppHost as a developer starts it. Its ports are those of development, and have to be free.</summary>
internal sealed class AppHostProcess
{
    private const string Program = "Connect.AppHost";
    private const int DashboardPort = 15080;

    // Projects and servers end within seconds, the orchestrator a little later.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(15);

    private readonly MarkedProcesses _marked = new();
    private readonly ManagedProcess _process;

    private AppHostProcess(CheckerProcesses processes, string assembly, int dashboardPort, string[] arguments) => _process = processes.Start(
        // "dotnet run" starts it in this folder, from which it reads its settings.
        new(SystemPrograms.Dotnet, [assembly, .. arguments], Projects.Connect_AppHost.ProjectPath)
        {
            Environment = new Dictionary<string, string?>
            {
                // As in its launchSettings.json.
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["ASPNETCORE_URLS"] = Loopback(dashboardPort),
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Loopback(dashboardPort == DashboardPort ? 21080 : PortAllocator.Next()),
                ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = Loopback(dashboardPort == DashboardPort ? 22080 : PortAllocator.Next()),
                [MarkedProcesses.Variable] = _marked.Mark,
            },
            StopTimeout = StopTimeout,
        });

    public static Uri Address { get; } = new("http://127.0.0.1:5180");

    /// <summary>
    /// Time-out of a request while the application starts: the orchestrator's proxy accepts connections before the
    /// service listens, and never answers those.
    /// </summary>
    public static TimeSpan AnswerTimeout { get; } = TimeSpan.FromSeconds(1);

    public Task<int> Exited => _process.Exited;

    /// <summary>Starts it and waits for nothing.</summary>
    /// <exception cref="EnvironmentProblemException">The AppHost is not built.</exception>
    public static AppHostProcess Start(CheckerProcesses processes, params string[] arguments) =>
        new(processes, Find(), DashboardPort, arguments);

    /// <summary>Starts a second one, on ports of its own.</summary>
    /// <exception cref="EnvironmentProblemException">The AppHost is not built.</exception>
    public static AppHostProcess StartBeside(CheckerProcesses processes, params string[] arguments) =>
        new(processes, Find(), PortAllocator.Next(), [.. arguments, "--DcpPublisher:RandomizePorts=true"]);

    public void Signal(UnixSignal signal) => ProcessSignals.Send(_process.Id, signal);

    /// <summary>
    /// Waits until it and all processes that it started are gone. Returns those that are left after 15 s.
    /// </summary>
    public Task<IReadOnlyDictionary<int, string>> AwaitEndAsync() => _marked.AwaitEndAsync(LastMoments);

    /// <summary>Stops it as an orchestrator does. Returns how many of its processes are left, itself included.</summary>
    public async Task<int> StopAsync()
    {
        var former = _marked.Find().Count;
        await _process.DisposeAsync();
        var left = (await AwaitEndAsync()).Count;
        Console.WriteLine($"stopped; {left} of its {former} processes are left");
        return left;
    }

    public string Log() => _process.Log();

    private static string Find() => ServiceProjects.Find(AppContext.BaseDirectory, Program)
        ?? throw new EnvironmentProblemException($"{Program} was not built: build the solution.");

    private static string Loopback(int port) => $"http://localhost:{port}";
}
