namespace Connect.Testing.Servers;

/// <summary>A Postgres and a Redis of a run's own, which end with every process that was started on them.</summary>
internal sealed class CheckedServers : IAsyncDisposable
{
    private CheckedServers(CheckerProcesses processes, CheckedPostgres postgres, CheckedRedis redis) =>
        (Processes, Postgres, Redis) = (processes, postgres, redis);

    public CheckerProcesses Processes { get; }

    public CheckedPostgres Postgres { get; }

    public CheckedRedis Redis { get; }

    /// <summary>Starts both, empty, with further settings of Postgres as <c>name=value</c>.</summary>
    public static async Task<CheckedServers> StartAsync(
        bool isDurable, int redisMebibytes = CheckedRedis.AppHostMebibytes, CancellationToken cancellationToken = default,
        params string[] settings)
    {
        var processes = new CheckerProcesses();
        try
        {
            var redis = await CheckedRedis.StartNewAsync(processes, cancellationToken, redisMebibytes);
            return new(
                processes, await CheckedPostgres.StartNewAsync(processes, isDurable, cancellationToken, settings), redis);
        }
        catch
        {
            await processes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        await Postgres.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
