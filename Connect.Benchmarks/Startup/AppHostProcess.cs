using Connect.Benchmarks.Servers;
using Connect.LocalAspire.Running;

namespace Connect.Benchmarks.Startup;

/// <summary>The AppHost as a developer starts it, with an empty database. Its ports are those of development, and have to be free.</summary>
internal sealed class AppHostProcess
{
    private const string Program = "Connect.AppHost";
    private const int KeptLines = 30;

    // Processes first, then the servers that they use, each with some seconds to end.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(5);

    private static readonly (string Resource, int Port)[] Ports = [("api", 5180), ("scraper-worker", 5185), ("agency-simulator", 5190)];

    private readonly ManagedProcess _process;
    private readonly Queue<string> _log = new();

    private AppHostProcess(CheckerProcesses processes, string assembly) => _process = processes.Start(
        new ProcessSpec
        {
            Name = "apphost",
            FileName = SystemPrograms.Dotnet,
            Arguments = [assembly, "--UseVolumes=false"],
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            },
            StopTimeout = StopTimeout,
        },
        Write);

    /// <summary>The API's public address.</summary>
    public static Uri Address { get; } = new("http://127.0.0.1:5180");

    /// <summary>Whether it ended by itself.</summary>
    public bool HasEnded => _process.Exited.IsCompleted;

    /// <summary>Starts it and waits for nothing.</summary>
    /// <exception cref="EnvironmentProblemException">A port is in use, or the AppHost is not built for the local engine.</exception>
    public static AppHostProcess Start(CheckerProcesses processes)
    {
        foreach (var (resource, port) in Ports)
        {
            PortAllocator.EnsureFree(port, resource);
        }

        return new AppHostProcess(processes, Find(AppContext.BaseDirectory)
            ?? throw new EnvironmentProblemException($"{Program} was not built for the local engine: build the solution with UseAspire=false."));
    }

    /// <summary>Stops it as Ctrl+C does; how many of the processes that it had started are left, itself included.</summary>
    public async Task<int> StopAsync()
    {
        var former = ProcessTree.Of(_process.Id, ProcessTree.Read());
        await _process.DisposeAsync();
        var left = ProcessTree.Left(former, ProcessTree.Read()).Count();
        for (var waited = TimeSpan.Zero; left > 0 && waited < LastMoments; waited += TimeSpan.FromMilliseconds(100))
        {
            await Task.Delay(100);
            left = ProcessTree.Left(former, ProcessTree.Read()).Count();
        }

        Console.WriteLine($"stopped; {left} of its {former.Length} processes are left");
        return left;
    }

    /// <summary>What it wrote last.</summary>
    public string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }

    /// <summary>Where it was built, beside this program and in the same way; null where it was not, or for containers.</summary>
    internal static string? Find(string ownFolder)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(ownFolder));
        var folder = Path.Combine(own.Parent!.Parent!.FullName, Program, own.Name);
        var assembly = Path.Combine(folder, Program + ".dll");
        return File.Exists(assembly) && File.Exists(Path.Combine(folder, typeof(ManagedProcess).Assembly.GetName().Name + ".dll"))
            ? assembly
            : null;
    }

    private void Write(string line)
    {
        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > KeptLines)
            {
                _log.Dequeue();
            }
        }
    }
}
