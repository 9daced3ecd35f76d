using System.ComponentModel;
using System.Globalization;

namespace Connect.LocalAspire.Running;

/// <summary>Keeps one process running until it is told to stop, or starting it again makes no sense.</summary>
internal sealed class ProcessLoop(EngineContext engine, Func<CancellationToken, ValueTask<ProcessSpec>> describe)
{
    /// <summary>A server has no reason to end by itself; a project that ends with 0 has done its work.</summary>
    public bool RestartsAfterSuccess { get; init; }

    public Action? OnStarted { get; init; }

    /// <summary>Told that the process ended by itself and will be started again.</summary>
    public Action? OnCrashed { get; init; }

    public async Task<ProcessEnd> RunAsync(CancellationToken stopping)
    {
        var policy = new RestartPolicy(engine.TimeProvider);
        while (!stopping.IsCancellationRequested)
        {
            var spec = await describe(stopping).ConfigureAwait(false);
            policy.OnStarted();
            var exitCode = await RunOnceAsync(spec, stopping).ConfigureAwait(false);
            if (stopping.IsCancellationRequested)
            {
                break;
            }

            if (exitCode == 0 && !RestartsAfterSuccess)
            {
                return ProcessEnd.Finished;
            }

            if (policy.OnExited() is not { } delay)
            {
                Note(spec, $"ended with exit code {exitCode}, {RestartPolicy.ShortRunsBeforeGivingUp} times in a row: giving up");
                return ProcessEnd.GaveUp;
            }

            Note(spec, $"ended with exit code {exitCode}; starting it again in {delay.TotalSeconds} s");
            OnCrashed?.Invoke();
            if (!await DelayAsync(delay, stopping).ConfigureAwait(false))
            {
                break;
            }
        }

        return ProcessEnd.Stopped;
    }

    private async Task<int> RunOnceAsync(ProcessSpec spec, CancellationToken stopping)
    {
        ManagedProcess process;
        try
        {
            process = ManagedProcess.Start(spec, engine.Guard, line => engine.Logs.Write(spec.Name, line));
        }
        catch (Win32Exception exception)
        {
            Note(spec, FormattableString.Invariant($"could not be started: {exception.Message}"));
            return -1;
        }

        await using (process.ConfigureAwait(false))
        {
            OnStarted?.Invoke();
            try
            {
                return await process.Exited.WaitAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Leaving the block stops the process.
                return 0;
            }
        }
    }

    private void Note(ProcessSpec spec, FormattableString text) => Note(spec, text.ToString(CultureInfo.InvariantCulture));

    private void Note(ProcessSpec spec, string text) => engine.Logs.Write(spec.Name, text);

    private async Task<bool> DelayAsync(TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(delay, engine.TimeProvider, stopping).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
