using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Something that goes wrong in production, done to the running system and ended again.</summary>
/// <param name="Name">On the command line and in the report.</param>
/// <param name="RunAsync">Makes the fault and ends it: the system works again when this returns.</param>
/// <param name="Obstacle">Tells what this machine lacks for it; null where it lacks nothing.</param>
internal sealed record Fault(
    string Name, Func<FaultRun, CancellationToken, Task> RunAsync, Func<CheckState, string?>? Obstacle = null)
{
    /// <summary>All of them. A run's schedule shuffles them.</summary>
    public static ImmutableArray<Fault> All { get; } =
    [
        new("redis-killed", RedisFaults.KillAsync, Signals),
        new("redis-stopped", RedisFaults.StopAsync, Signals),
        new("redis-flushed", RedisFaults.FlushAsync),
        new("redis-old-snapshot", RedisFaults.RestoreSnapshotAsync, check => Signals(check) ?? RedisServer(check)),
        new("redis-clients-killed", RedisFaults.KillClientsAsync, RedisServer),
        new("postgres-restarted", PostgresFaults.RestartAsync),
        new("listeners-terminated", ListenerFaults.TerminateAsync),
        new("listeners-stopped", ListenerFaults.StopAsync, Signals),
        new("postgres-restored", PostgresFaults.RestoreAsync, _ => OperatingSystem.IsWindows() ? "cp" : null),
        new("postgres-away", PostgresFaults.StayAwayAsync),
        new("instance-stopped", InstanceFaults.StopAsync, Signals),
        new("clock-ahead", (run, token) => InstanceFaults.ShiftClockAsync(run, TimeSpan.FromHours(1), token)),
        new("clock-behind", (run, token) => InstanceFaults.ShiftClockAsync(run, TimeSpan.FromHours(-1), token)),
        new("writer-killed", WriterKilled.RunAsync, Signals),
    ];

    public static Fault Find(string name) => All.First(fault => fault.Name == name);

    private static string? Signals(CheckState check) => ProcessSignals.AreSupported ? null : "signals";

    // Garnet has other snapshots, and not all administrators' commands.
    private static string? RedisServer(CheckState check) => check.System.Redis.IsGarnet ? "redis-server" : null;
}
