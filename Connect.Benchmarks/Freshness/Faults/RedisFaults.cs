using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Faults of Redis.</summary>
internal static class RedisFaults
{
    private const int Times = 5;

    /// <summary>Redis crashes and comes back empty.</summary>
    public static async Task KillAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        await run.Check.System.Redis.KillAsync();
        await Task.Delay(run.For(4, 0.5), cancellationToken);
        await run.Check.System.Redis.StartAsync(keepSnapshot: false, cancellationToken);
    }

    /// <summary>Redis hangs: it takes requests and does not answer.</summary>
    public static Task StopAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        return ProcessSignals.PauseAsync([run.Check.System.Redis.ProcessId], run.For(6, 1.5), cancellationToken);
    }

    /// <summary>Redis is emptied, several times in a row.</summary>
    public static async Task FlushAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        for (var time = 0; time < Times; time++)
        {
            await run.Check.System.Redis.ExecuteAsync("FLUSHALL");
            run.Add("flushes");
            await Task.Delay(run.For(0.5, 0.1), cancellationToken);
        }
    }

    /// <summary>Redis comes back with an old snapshot: values that have been overruled since.</summary>
    public static async Task RestoreSnapshotAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var redis = run.Check.System.Redis;
        run.Begin();
        await redis.KeepSnapshotAsync();
        await Task.Delay(run.For(4, 0.5), cancellationToken);
        await redis.KillAsync();
        await redis.StartAsync(keepSnapshot: true, cancellationToken);
        run.Add("restored_keys", (long)await redis.ExecuteAsync("DBSIZE"));
    }

    /// <summary>Redis closes all its clients' connections, several times in a row.</summary>
    public static async Task KillClientsAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        for (var time = 0; time < Times; time++)
        {
            run.Add("killed", (long)await run.Check.System.Redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
            await Task.Delay(run.For(0.6, 0.1), cancellationToken);
        }
    }
}
