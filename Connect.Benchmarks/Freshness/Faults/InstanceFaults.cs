using Connect.Benchmarks.Freshness.Instances;
using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Faults of an instance.</summary>
internal static class InstanceFaults
{
    /// <summary>An instance is paused, as a virtual machine is, and continues with outdated knowledge and with requests that waited.</summary>
    public static async Task StopAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var instance = run.AnyInstance();
        run.BeginIgnorance();
        instance.IsStopped = true;
        try
        {
            await ProcessSignals.PauseAsync([instance.ProcessId], run.For(10, 2), cancellationToken);
        }
        finally
        {
            instance.IsStopped = false;
        }
    }

    /// <summary>An instance's wall clock is off.</summary>
    public static async Task ShiftClockAsync(FaultRun run, TimeSpan shift, CancellationToken cancellationToken)
    {
        var instance = run.AnyInstance();
        await RestartAsync(run, instance, shift, cancellationToken);
        await Task.Delay(run.For(10, 1), cancellationToken);
        await RestartAsync(run, instance, TimeSpan.Zero, cancellationToken);
    }

    private static async Task RestartAsync(FaultRun run, InstanceProcess instance, TimeSpan shift, CancellationToken cancellationToken)
    {
        run.BeginLoss(instance);
        await instance.StopAsync();
        await instance.StartAsync(shift, cancellationToken);
        run.End();
    }
}
