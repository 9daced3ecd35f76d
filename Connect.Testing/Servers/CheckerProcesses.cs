using Connect.AppHost.Servers;
using Connect.Testing.Processes;

namespace Connect.Testing.Servers;

/// <summary>
/// Every process that a run starts and every file that it writes. They are ended and removed with it, by a guard if the
/// driver is killed.
/// </summary>
internal sealed class CheckerProcesses : IAsyncDisposable
{
    private readonly ProcessGuard _guard = new();
    private readonly List<ManagedProcess> _running = [];
    private readonly Lock _gate = new();

    public ThrowAwayFolder Folder { get; } = new();

    public ManagedProcess Start(ProcessSpec spec)
    {
        var process = new ManagedProcess(spec, _guard);
        lock (_gate)
        {
            _running.RemoveAll(other => other.Exited.IsCompleted);
            _running.Add(process);
        }

        return process;
    }

    public async ValueTask DisposeAsync()
    {
        ManagedProcess[] last;
        lock (_gate)
        {
            last = [.. _running];
        }

        // A stopped process does not react to the signal that asks it to end.
        foreach (var process in last.Where(process => !process.Exited.IsCompleted))
        {
            ProcessSignals.Send(process.Id, ProcessSignals.Continue);
        }

        // Processes that were started last use those that were started first.
        foreach (var process in last.Reverse())
        {
            await process.DisposeAsync();
        }

        Folder.Dispose();
        _guard.Dispose();
    }
}
