using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Redis crashes and comes back empty.</summary>
internal sealed class RedisKilled : Fault
{
    public override string Name => "redis-killed";

    public override string? Obstacle(CheckState check) => ProcessSignals.AreSupported ? null : "signals";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        await run.Check.System.Redis.KillAsync();
        await Task.Delay(run.For(4, 0.5), cancellationToken);
        await run.Check.System.Redis.StartAsync(keepSnapshot: false, cancellationToken);
        run.End();
    }
}

/// <summary>Redis hangs: it takes requests and does not answer.</summary>
internal sealed class RedisStopped : Fault
{
    public override string Name => "redis-stopped";

    public override string? Obstacle(CheckState check) => ProcessSignals.AreSupported ? null : "signals";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var redis = run.Check.System.Redis.ProcessId;
        run.Begin();
        ProcessSignals.Send(redis, ProcessSignals.Stop);
        try
        {
            await Task.Delay(run.For(6, 1.5), cancellationToken);
        }
        finally
        {
            ProcessSignals.Send(redis, ProcessSignals.Continue);
        }

        run.End();
    }
}

/// <summary>Redis is emptied, several times in a row.</summary>
internal sealed class RedisFlushed : Fault
{
    private const int Times = 5;

    public override string Name => "redis-flushed";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        for (var time = 0; time < Times; time++)
        {
            await run.Check.System.Redis.ExecuteAsync("FLUSHALL");
            run.Add("flushes");
            await Task.Delay(run.For(0.5, 0.1), cancellationToken);
        }

        run.End();
    }
}

/// <summary>Redis comes back with an old snapshot, whose values have been overruled since.</summary>
internal sealed class RedisOldSnapshot : Fault
{
    public override string Name => "redis-old-snapshot";

    public override string? Obstacle(CheckState check) =>
        !ProcessSignals.AreSupported ? "signals" : check.System.Redis.IsGarnet ? "redis-server (Garnet has other snapshots)" : null;

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var redis = run.Check.System.Redis;
        run.Begin();
        await redis.KeepSnapshotAsync();
        await Task.Delay(run.For(4, 0.5), cancellationToken);
        await redis.KillAsync();
        await redis.StartAsync(keepSnapshot: true, cancellationToken);
        run.Add("restored_keys", (long)await redis.ExecuteAsync("DBSIZE"));
        run.End();
    }
}

/// <summary>Redis closes all its clients' connections, several times in a row.</summary>
internal sealed class RedisClientsKilled : Fault
{
    private const int Times = 5;

    public override string Name => "redis-clients-killed";

    public override string? Obstacle(CheckState check) => check.System.Redis.IsGarnet ? "redis-server" : null;

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.Begin();
        for (var time = 0; time < Times; time++)
        {
            run.Add("killed", (long)await run.Check.System.Redis.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
            await Task.Delay(run.For(0.6, 0.1), cancellationToken);
        }

        run.End();
    }
}
