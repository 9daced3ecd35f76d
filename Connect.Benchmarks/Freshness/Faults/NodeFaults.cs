using Connect.Benchmarks.Freshness.Nodes;
using Connect.Benchmarks.Servers;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>A node is paused, as a virtual machine is, and continues with what it knew and with requests that waited.</summary>
internal sealed class NodeStopped : Fault
{
    public override string Name => "node-stopped";

    public override string? Obstacle(CheckState check) => ProcessSignals.AreSupported ? null : "signals";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var node = run.AnyNode();
        run.BeginIgnorance();
        node.IsStopped = true;
        ProcessSignals.Send(node.ProcessId, ProcessSignals.Stop);
        try
        {
            await Task.Delay(run.For(10, 2), cancellationToken);
        }
        finally
        {
            ProcessSignals.Send(node.ProcessId, ProcessSignals.Continue);
            node.IsStopped = false;
        }

        run.End();
    }
}

/// <summary>A node's wall clock is an hour off.</summary>
internal abstract class ClockOff(TimeSpan shift) : Fault
{
    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var node = run.AnyNode();
        await RestartAsync(run, node, shift, cancellationToken);
        await Task.Delay(run.For(10, 1), cancellationToken);
        await RestartAsync(run, node, TimeSpan.Zero, cancellationToken);
        run.End();
    }

    private static async Task RestartAsync(FaultRun run, NodeProcess node, TimeSpan shift, CancellationToken cancellationToken)
    {
        run.BeginLoss(node);
        await node.StopAsync();
        await node.StartAsync(shift, cancellationToken);
        run.End();
    }
}

/// <summary>A node whose clock is an hour ahead.</summary>
internal sealed class ClockAhead() : ClockOff(TimeSpan.FromHours(1))
{
    public override string Name => "clock-ahead";
}

/// <summary>A node whose clock is an hour behind.</summary>
internal sealed class ClockBehind() : ClockOff(TimeSpan.FromHours(-1))
{
    public override string Name => "clock-behind";
}
