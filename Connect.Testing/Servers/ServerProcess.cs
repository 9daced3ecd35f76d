using System.Diagnostics;
using Connect.AppHost.Servers;
using Connect.Testing.Processes;

namespace Connect.Testing.Servers;

/// <summary>
/// The processor time that a process has used, and the MiB of memory that it holds now and held at most.
/// </summary>
internal readonly record struct ProcessUse(TimeSpan Processor, double Resident, double Peak);

/// <summary>
/// A .NET service in a process of its own, on a free port: the program of a type's assembly, with environment variables
/// as its settings.
/// </summary>
internal class ServerProcess(
    CheckerProcesses processes, string name, Type program, IReadOnlyDictionary<string, string?> environment)
{
    private const double Mebibyte = 1024 * 1024;

    private readonly int _port = PortAllocator.Next();
    private ManagedProcess? _process;

    public Uri Address => Http.BaseAddress!;

    /// <summary>For requests other than those of a load.</summary>
    public HttpClient Http => field ??= new()
    {
        BaseAddress = new($"http://127.0.0.1:{_port}"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Starts the program and waits until it says that it is healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default, params string[] arguments)
    {
        Launch(arguments);
        while (!await IsAsync("/health", cancellationToken))
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Starts the program and waits for nothing.</summary>
    public void Launch(params string[] arguments) => _process = processes.Start(
        // In an empty folder: a program reads settings from the folder that it starts in.
        new(
            SystemPrograms.Dotnet, [program.Assembly.Location, .. arguments, "--urls", $"http://127.0.0.1:{_port}"],
            processes.Folder.Subfolder(name))
        {
            Environment = environment,
        });

    /// <summary>Whether one of its health checks succeeds.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public async Task<bool> IsAsync(string check, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(check, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return _process!.Exited.IsCompleted ? throw new InvalidOperationException($"{name} ended.\n{Log()}") : false;
        }
    }

    /// <summary>Asks the system what the process has used.</summary>
    public ProcessUse Use()
    {
        using var process = Process.GetProcessById(ProcessId);
        return new(process.TotalProcessorTime, process.WorkingSet64 / Mebibyte, process.PeakWorkingSet64 / Mebibyte);
    }

    /// <summary>Ends the process as an orchestrator does.</summary>
    public virtual async Task StopAsync() => await _process!.DisposeAsync();

    /// <summary>Ends the process as a crash does.</summary>
    public virtual Task KillAsync() => _process!.KillAsync();

    public string Log() => _process?.Log() ?? "";
}
