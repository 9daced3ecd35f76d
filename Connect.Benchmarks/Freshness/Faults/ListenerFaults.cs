using Connect.Caching.Generations;
using Connect.Testing.Processes;

namespace Connect.Benchmarks.Freshness.Faults;

/// <summary>The server ends the connections of listeners and pollers, several times in a row.</summary>
internal sealed class ListenersTerminated : Fault
{
    private const int Times = 4;

    public override string Name => "listeners-terminated";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.BeginIgnorance();
        for (var time = 0; time < Times; time++)
        {
            run.Add("terminated", await ListenerBackends.CountAsync(run, "select pg_terminate_backend(pid)", cancellationToken));
            await Task.Delay(run.For(1, 0.3), cancellationToken);
        }

        run.End();
    }
}

/// <summary>
/// The connections of listeners and pollers stay open and fall silent: the server's processes behind them are stopped.
/// Neither side gets an error, so only the lease can end the trust in cached values.
/// </summary>
internal sealed class ListenersStopped : Fault
{
    public override string Name => "listeners-stopped";

    public override string? Obstacle(CheckState check) => ProcessSignals.AreSupported ? null : "signals";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        run.BeginIgnorance();
        var backends = await ListenerBackends.ListAsync(run, cancellationToken);
        backends.ForEach(backend => ProcessSignals.Send(backend, ProcessSignals.Stop));
        run.Add("stopped", backends.Count);
        try
        {
            await Task.Delay(run.Check.Options.LeaseDuration + run.For(4, 1.5), cancellationToken);
        }
        finally
        {
            backends.ForEach(backend => ProcessSignals.Send(backend, ProcessSignals.Continue));
        }

        run.End();
    }
}

/// <summary>The server's processes behind the connections of listeners and pollers.</summary>
internal static class ListenerBackends
{
    public static async Task<List<int>> ListAsync(FaultRun run, CancellationToken cancellationToken)
    {
        await using var command = run.Check.System.Postgres.Driver.CreateCommand(
            $"select pid from pg_stat_activity where application_name = '{GenerationListener.ApplicationName}'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<int> backends = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            backends.Add(reader.GetInt32(0));
        }

        return backends;
    }

    public static async Task<long> CountAsync(FaultRun run, string select, CancellationToken cancellationToken)
    {
        await using var command = run.Check.System.Postgres.Driver.CreateCommand(
            $"select count(*) from ({select} as done from pg_stat_activity where application_name = '{GenerationListener.ApplicationName}') t where done");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
