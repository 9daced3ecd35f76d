using System.Globalization;
using Connect.AppHost.Servers;
using Connect.Testing.Processes;

namespace Connect.Testing.Servers;

/// <summary>A .NET service in a process of its own, on a free port.</summary>
internal class ServerProcess(CheckerProcesses processes, string name, IReadOnlyDictionary<string, string?> environment)
{
    private const int KeptLines = 40;
    private const int KeptLength = 200;

    private readonly Queue<string> _log = new();
    private readonly int _port = PortAllocator.Next();
    private ManagedProcess? _process;

    public Uri Address => Http.BaseAddress!;

    /// <summary>For requests other than those of a load.</summary>
    public HttpClient Http => field ??= new()
    {
        BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}")),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Starts a .NET program and waits until it says that it is healthy.</summary>
    /// <param name="assembly">The path of the program.</param>
    /// <param name="arguments">Makes its arguments from the number of its port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(string assembly, Func<string, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        Launch(assembly, arguments);
        while (!await IsAsync("/health", cancellationToken))
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Starts a .NET program and waits for nothing.</summary>
    public void Launch(string assembly, Func<string, IReadOnlyList<string>> arguments) => _process = processes.Start(
        new ProcessSpec
        {
            FileName = SystemPrograms.Dotnet,
            Arguments = [assembly, .. arguments(_port.ToString(CultureInfo.InvariantCulture))],

            // An empty folder: a program reads settings from the folder that it starts in.
            WorkingDirectory = processes.Folder.Subfolder(name),
            Environment = environment,
        },
        Write);

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

    /// <summary>Ends the process as an orchestrator does.</summary>
    public virtual async Task StopAsync() => await _process!.DisposeAsync();

    /// <summary>Ends the process as a crash does.</summary>
    public virtual async Task KillAsync()
    {
        ProcessSignals.Send(ProcessId, UnixSignal.Kill);
        await _process!.Exited;
        await _process.DisposeAsync();
    }

    /// <summary>The last lines that it wrote.</summary>
    public string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }

    private void Write(string line)
    {
        lock (_log)
        {
            _log.Enqueue(line.Length > KeptLength ? line[..KeptLength] : line);
            if (_log.Count > KeptLines)
            {
                _log.Dequeue();
            }
        }
    }
}
