using System.Globalization;
using Connect.Benchmarks.Freshness.Servers;
using Connect.Benchmarks.Freshness.Variants;
using Connect.LocalAspire.Running;

namespace Connect.Benchmarks.Freshness.Nodes;

/// <summary>A node as the driver sees it: a process behind a port.</summary>
internal sealed class NodeProcess
{
    private const int KeptLines = 40;
    private const int KeptLength = 200;

    private readonly CheckerProcesses _processes;
    private readonly IReadOnlyDictionary<string, string?> _environment;
    private readonly FreshnessVariant _variant;
    private readonly string _role;
    private readonly Queue<string> _log = new();
    private readonly int _port = PortAllocator.Next();
    private ManagedProcess? _process;

    public NodeProcess(
        CheckerProcesses processes, string role, int index, FreshnessVariant variant, IReadOnlyDictionary<string, string?> environment)
    {
        _processes = processes;
        _role = role;
        _variant = variant;
        _environment = environment;
        Index = index;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public int Index { get; }

    public Uri Address { get; }

    /// <summary>For everything but the reads under load.</summary>
    public HttpClient Http { get; }

    /// <summary>Whether requests may be sent: it was started and not ended.</summary>
    public bool IsUp { get; set; }

    /// <summary>Whether a fault has paused it: who asks it now waits.</summary>
    public bool IsStopped { get; set; }

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Starts the process and waits until it says that it is healthy.</summary>
    public async Task StartAsync(TimeSpan clockShift, CancellationToken cancellationToken)
    {
        _process = _processes.Start(
            new ProcessSpec
            {
                Name = $"{_role}-{Index}",
                FileName = SystemPrograms.Dotnet,
                Arguments =
                [
                    typeof(FreshnessNode).Assembly.Location, FreshnessNode.Verb, _role, _variant.Name,
                    "--port", _port.ToString(CultureInfo.InvariantCulture),
                    "--clock-shift", ((int)clockShift.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                ],
                WorkingDirectory = AppContext.BaseDirectory,
                Environment = _environment,
            },
            Write);
        while (!await IsHealthyAsync(cancellationToken))
        {
            if (_process.Exited.IsCompleted)
            {
                throw new InvalidOperationException($"{_role} {Index} ended.\n{Log()}");
            }

            await Task.Delay(50, cancellationToken);
        }

        IsUp = true;
    }

    /// <summary>Ends the process as an orchestrator does.</summary>
    public async Task StopAsync()
    {
        IsUp = false;
        await _process!.DisposeAsync();
    }

    /// <summary>Ends the process as a crash does.</summary>
    public async Task KillAsync()
    {
        IsUp = false;
        ProcessSignals.Send(ProcessId, ProcessSignals.Kill);
        await _process!.Exited;
        await _process.DisposeAsync();
    }

    /// <summary>What it wrote last.</summary>
    public string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }

    /// <summary>What it has learned since it was asked last.</summary>
    public async Task<IReadOnlyList<Learned>> DrainLearnedAsync(CancellationToken cancellationToken)
    {
        var text = await Http.GetStringAsync("/freshness/learned", cancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Learned.Parse)];
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync("/health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
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
