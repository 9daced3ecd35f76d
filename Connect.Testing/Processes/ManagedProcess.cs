using CliWrap;
using Connect.AppHost.Servers;

namespace Connect.Testing.Processes;

/// <summary>
/// One running program. On Unix it leads a session of its own, so that Ctrl+C in the terminal reaches
/// only this process, which then ends everything in the right order.
/// </summary>
internal sealed class ManagedProcess : IAsyncDisposable
{
    private static readonly string? SetSid = OperatingSystem.IsWindows() ? null : SystemPrograms.Find("setsid");
    private static readonly TimeSpan LastSignalTimeout = TimeSpan.FromSeconds(2);

    private const int KeptLines = 60;
    private const int KeptLength = 500;

    private readonly ProcessSpec _spec;
    private readonly ProcessGuard _guard;
    private readonly Queue<string> _log = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly CancellationTokenSource _interrupt = new();

    public ManagedProcess(ProcessSpec spec, ProcessGuard guard)
    {
        (_spec, _guard) = (spec, guard);
        var command = Cli.Wrap(SetSid ?? spec.FileName)
            .WithArguments(SetSid is null ? spec.Arguments : [spec.FileName, .. spec.Arguments])
            .WithWorkingDirectory(spec.WorkingDirectory)
            .WithEnvironmentVariables(spec.Environment)
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Keep))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Keep));
        var running = command.ExecuteAsync(_kill.Token, _interrupt.Token);
        Id = running.ProcessId;
        _guard.Add(Id, spec.StopSignal);
        Exited = WaitAsync(running);
    }

    public int Id { get; }

    /// <summary>Completes with the exit code, or -1 where there is none; never faults.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines that it wrote.</summary>
    public string Log()
    {
        lock (_log)
        {
            return string.Join('\n', _log);
        }
    }

    /// <summary>Ends the program as a crash does.</summary>
    public async Task KillAsync()
    {
        ProcessSignals.Send(Id, UnixSignal.Kill);
        await Exited;
        await DisposeAsync();
    }

    /// <summary>Asks the program to end, then insists.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            await _interrupt.CancelAsync();
        }
        else
        {
            Signal(_spec.StopSignal, wholeGroup: false);
        }

        if (await ExitedWithinAsync(_spec.StopTimeout))
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            // The last chance to end without repair work at the next start.
            Signal(UnixSignal.Quit, wholeGroup: false);
            if (await ExitedWithinAsync(LastSignalTimeout))
            {
                return;
            }

            Signal(UnixSignal.Kill, wholeGroup: SetSid is not null);
        }

        await _kill.CancelAsync();
        await ExitedWithinAsync(LastSignalTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            await StopAsync();
        }

        _kill.Dispose();
        _interrupt.Dispose();
    }

    private async Task<int> WaitAsync(CommandTask<CommandResult> running)
    {
        try
        {
            using (running)
            {
                return (await running).ExitCode;
            }
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
        finally
        {
            _guard.Remove(Id);
        }
    }

    private async Task<bool> ExitedWithinAsync(TimeSpan timeout)
    {
        try
        {
            await Exited.WaitAsync(timeout);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Keep(string line)
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

    private void Signal(UnixSignal signal, bool wholeGroup)
    {
        if (!Exited.IsCompleted)
        {
            ProcessSignals.Send(wholeGroup ? -Id : Id, signal);
        }
    }
}
