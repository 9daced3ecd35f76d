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

    private readonly ProcessSpec _spec;
    private readonly ProcessGuard _guard;
    private readonly CancellationTokenSource _kill = new();
    private readonly CancellationTokenSource _interrupt = new();

    private ManagedProcess(ProcessSpec spec, ProcessGuard guard, Action<string> onLine)
    {
        _spec = spec;
        _guard = guard;
        var command = Cli.Wrap(SetSid ?? spec.FileName)
            .WithArguments(SetSid is null ? spec.Arguments : [spec.FileName, .. spec.Arguments])
            .WithWorkingDirectory(spec.WorkingDirectory)
            .WithEnvironmentVariables(spec.Environment)
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(onLine))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(onLine));
        var running = command.ExecuteAsync(_kill.Token, _interrupt.Token);
        Id = running.ProcessId;
        _guard.Add(Id, spec.StopSignal);
        Exited = WaitAsync(running);
    }

    public int Id { get; }

    /// <summary>Completes with the exit code, or -1 where there is none; never faults.</summary>
    public Task<int> Exited { get; }

    public static ManagedProcess Start(ProcessSpec spec, ProcessGuard guard, Action<string> onLine) => new(spec, guard, onLine);

    /// <summary>Asks the program to end, then insists.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            await _interrupt.CancelAsync().ConfigureAwait(false);
        }
        else
        {
            Signal(_spec.StopSignal, wholeGroup: false);
        }

        if (await ExitedWithinAsync(_spec.StopTimeout).ConfigureAwait(false))
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            // The last chance to end without repair work at the next start.
            Signal(UnixSignal.Quit, wholeGroup: false);
            if (await ExitedWithinAsync(LastSignalTimeout).ConfigureAwait(false))
            {
                return;
            }

            Signal(UnixSignal.Kill, wholeGroup: SetSid is not null);
        }

        await _kill.CancelAsync().ConfigureAwait(false);
        await ExitedWithinAsync(LastSignalTimeout).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            await StopAsync().ConfigureAwait(false);
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
                return (await running.ConfigureAwait(false)).ExitCode;
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
            await Exited.WaitAsync(timeout).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Signal(UnixSignal signal, bool wholeGroup)
    {
        if (!Exited.IsCompleted)
        {
            _ = NativeMethods.Kill(wholeGroup ? -Id : Id, (int)signal);
        }
    }
}
