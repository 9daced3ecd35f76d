using Connect.Caching.Generations;
using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>Faults of the connections of listeners and pollers.</summary>
internal static class ListenerFaults
{
    private const int Times = 4;

    private const string Backends =
        $"from pg_stat_activity where application_name = '{GenerationListener.ApplicationName}'";

    /// <summary>The server ends the connections, several times in a row.</summary>
    public static async Task TerminateAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.BeginIgnorance();
        for (var time = 0; time < Times; time++)
        {
            var ended = await run.Check.System.Postgres.QueryAsync(
                $"select pg_terminate_backend(pid) {Backends}", row => row.GetBoolean(0));
            run.Add("terminated", ended.Count(isEnded => isEnded));
            await Task.Delay(run.For(1, 0.3), cancellationToken);
        }
    }

    /// <summary>
    /// The connections stay open and fall silent: the server's processes behind them are stopped. Neither side gets an
    /// error, so only the lease can end the trust in cached values.
    /// </summary>
    public static async Task StopAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.BeginIgnorance();
        var backends = await run.Check.System.Postgres.QueryAsync($"select pid {Backends}", row => row.GetInt32(0));
        run.Add("stopped", backends.Count);
        await ProcessSignals.PauseAsync(backends, run.Check.Options.LeaseDuration + run.For(4, 1.5), cancellationToken);
    }
}
