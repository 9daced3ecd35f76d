using Connect.Benchmarks.Freshness.Instances;
using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>
/// An instance is paused, as a virtual machine is, and continues with outdated generations and waiting requests.
/// </summary>
internal sealed class InstanceStopped : Fault
{
    public override string Name => "instance-stopped";

    public override string? Obstacle(CheckState check) => ProcessSignals.AreSupported ? null : "signals";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var instance = run.AnyInstance();
        run.BeginIgnorance();
        instance.IsStopped = true;
        ProcessSignals.Send(instance.ProcessId, ProcessSignals.Stop);
        try
        {
            await Task.Delay(run.For(10, 2), cancellationToken);
        }
        finally
        {
            ProcessSignals.Send(instance.ProcessId, ProcessSignals.Continue);
            instance.IsStopped = false;
        }

        run.End();
    }
}

/// <summary>An instance's wall clock is an hour off.</summary>
internal abstract class ClockOff(TimeSpan shift) : Fault
{
    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var instance = run.AnyInstance();
        await RestartAsync(run, instance, shift, cancellationToken);
        await Task.Delay(run.For(10, 1), cancellationToken);
        await RestartAsync(run, instance, TimeSpan.Zero, cancellationToken);
        run.End();
    }

    private static async Task RestartAsync(FaultRun run, InstanceProcess instance, TimeSpan shift, CancellationToken cancellationToken)
    {
        run.BeginLoss(instance);
        await instance.StopAsync();
        await instance.StartAsync(shift, cancellationToken);
        run.End();
    }
}

/// <summary>An instance whose clock is an hour ahead.</summary>
internal sealed class ClockAhead() : ClockOff(TimeSpan.FromHours(1))
{
    public override string Name => "clock-ahead";
}

/// <summary>An instance whose clock is an hour behind.</summary>
internal sealed class ClockBehind() : ClockOff(TimeSpan.FromHours(-1))
{
    public override string Name => "clock-behind";
}
