using System.Collections.Immutable;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>A failure of production, made in the running system and ended again.</summary>
internal abstract class Fault
{
    /// <summary>All of them. A run's schedule shuffles them.</summary>
    public static ImmutableArray<Fault> All { get; } =
    [
        new RedisKilled(), new RedisStopped(), new RedisFlushed(), new RedisOldSnapshot(), new RedisClientsKilled(),
        new PostgresRestarted(), new ListenersTerminated(), new ListenersStopped(), new PostgresRestored(), new PostgresAway(),
        new InstanceStopped(), new ClockAhead(), new ClockBehind(), new WriterKilled(),
    ];

    /// <summary>The fault's name on the command line and in the report.</summary>
    public abstract string Name { get; }

    /// <summary>The reason why this machine cannot make it; null where it can.</summary>
    public virtual string? Obstacle(CheckState check) => null;

    /// <summary>Makes the fault and ends it. The system works again when this returns.</summary>
    public abstract Task RunAsync(FaultRun run, CancellationToken cancellationToken);

    public static Fault Find(string name) => All.First(fault => fault.Name == name);
}
