using System.Net;
using Connect.Benchmarks.Freshness.Instances;
using Connect.Testing.Freshness;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Faults of Postgres.</summary>
internal static class PostgresFaults
{
    // The runbook's statement, docs/caching.md.
    private const string BumpEverything = """
        with bumped as (
            insert into cache_generations as g (tag, generation, xid, reason, bumped_at)
            values ('#*', (extract(epoch from clock_timestamp()) * 1000000)::bigint, pg_current_xact_id(), 'restored', clock_timestamp())
            on conflict (tag) do update set
                generation = greatest(g.generation + 1, excluded.generation),
                xid = excluded.xid, reason = excluded.reason, bumped_at = excluded.bumped_at
            returning g.tag, g.generation)
        select pg_notify('connect_generations', generation || ' ' || tag) from bumped
        """;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Postgres is stopped and started at once.</summary>
    public static async Task RestartAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.BeginOutage();
        var startedAt = Stopwatch.GetTimestamp();
        await run.Check.System.Postgres.StopAsync();
        await run.Check.System.Postgres.StartAsync(CancellationToken.None);
        run.Raise("away_ms", Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
    }

    /// <summary>
    /// Postgres is away for a minute under load. Cached answers are still given, marked stale once they cannot be
    /// confirmed; other requests are refused quickly; and everything works again when Postgres is back, without a
    /// restart.
    /// </summary>
    public static async Task StayAwayAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.BeginOutage();
        var before = run.Check.Oracle.Verdict();
        await run.Check.System.Postgres.StopAsync();
        try
        {
            var until = Stopwatch.GetTimestamp() + CheckState.ToTicks(run.For(60, 4));
            while (Stopwatch.GetTimestamp() < until)
            {
                await ProbeUncachedAsync(run, run.AnyInstance(), cancellationToken);
                await Task.Delay(ProbeInterval, cancellationToken);
            }

            var after = run.Check.Oracle.Verdict();
            run.Add("marked_stale", after.ReadsBy[(int)ReadOutcome.MarkedStale] - before.ReadsBy[(int)ReadOutcome.MarkedStale]);
            run.Add("answered", after.Answered - before.Answered);
            run.Add("refused", after.ReadsBy[(int)ReadOutcome.Unavailable] - before.ReadsBy[(int)ReadOutcome.Unavailable]);
        }
        finally
        {
            await run.Check.System.Postgres.StartAsync(CancellationToken.None);
        }

        run.End();
        var recovered = await Task.WhenAll(run.Check.Instances.Where(instance => instance.IsUp).Select(instance => RecoverAsync(run, instance, cancellationToken)));
        run.Raise("recovery_ms", recovered.Max().TotalMilliseconds);
    }

    /// <summary>
    /// Postgres is set back to a backup: changes that were acknowledged are undone, generations are lower than they
    /// were, and will be given again. From then on answers have to agree with the backup.
    /// </summary>
    public static async Task RestoreAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var postgres = run.Check.System.Postgres;
        var backup = await TakeBackupAsync(run, cancellationToken);

        // Time in which more is acknowledged, cached under generations that will be reached again, and kept as last good.
        await Task.Delay(run.For(8, 2), cancellationToken);
        await run.Writers.PauseAsync(cancellationToken);
        try
        {
            // From here on the backup's answers may be seen, and once this is done no others.
            var changes = backup.Where(entry => entry.Register.Current != entry.Value)
                .Select(entry => entry.Register.Begin(entry.Value, Stopwatch.GetTimestamp())).ToList();
            await postgres.StopAsync();
            await postgres.CopyAsync("backup", "data", CancellationToken.None);
            await postgres.StartAsync(CancellationToken.None);
            if (run.Check.Options.FollowRunbook)
            {
                await postgres.ExecuteAsync(BumpEverything, cancellationToken);
            }

            changes.ForEach(change => change.Acknowledge(Stopwatch.GetTimestamp()));
            run.Add("set_back", changes.Count);
        }
        finally
        {
            run.Writers.Resume();
        }
    }

    private static async Task ProbeUncachedAsync(FaultRun run, InstanceProcess instance, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var status = await GetAsync(run, instance, "/matches?limit=1", cancellationToken);
        var milliseconds = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        if (status == HttpStatusCode.ServiceUnavailable)
        {
            run.Add("uncached_503");
            run.Raise("uncached_503_max_ms", milliseconds);
        }
        else
        {
            run.Add("uncached_other");
        }
    }

    // A profile is not cached, so its answer shows that the database is reached.
    private static async Task<TimeSpan> RecoverAsync(FaultRun run, InstanceProcess instance, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (await GetAsync(run, instance, "", cancellationToken) != HttpStatusCode.OK)
        {
            await Task.Delay(20, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(startedAt);
    }

    private static async Task<HttpStatusCode> GetAsync(FaultRun run, InstanceProcess instance, string path, CancellationToken cancellationToken)
    {
        using var request = run.Check.System.Unread!.Request(HttpMethod.Get, path);
        using var response = await instance.Http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private static async Task<List<(VersionRegister Register, int Value)>> TakeBackupAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var postgres = run.Check.System.Postgres;
        await run.Writers.PauseAsync(cancellationToken);
        try
        {
            run.BeginOutage();
            await postgres.StopAsync();
            await postgres.CopyAsync("data", "backup", CancellationToken.None);
            await postgres.StartAsync(CancellationToken.None);
            return [.. run.Check.Organizations.Concat(run.Check.Programs).Select(register => (register, register.Current))];
        }
        finally
        {
            run.Writers.Resume();
        }
    }
}
