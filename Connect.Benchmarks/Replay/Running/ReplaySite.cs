using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Plan;
using Connect.Caching.Generations;
using Connect.Data;
using Npgsql;

namespace Connect.Benchmarks.Replay.Running;

/// <summary>
/// The stores of a replay, with their data at the week's start: active organizations, and the programs of the boards.
/// Every set of rules begins with the same copy.
/// </summary>
internal sealed class ReplaySite : IAsyncDisposable
{
    /// <summary>The database users of API and worker, because Postgres counts statements by user.</summary>
    public const string InstanceUser = "replay_instance";

    public const string WorkerUser = "replay_worker";

    private const string Data = "data";
    private const string Copy = "at-start";

    // Enough that Redis drops nothing: it would choose entries by real time, which a replay has too little of.
    private const int RedisMebibytes = 8 * 1024;

    // It would say that its connection ended at the end of every run.
    private const string QuietListener = "Error";

    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly CheckedServers _servers;

    private ReplaySite(CheckedServers servers) => _servers = servers;

    public CheckedPostgres Postgres => _servers.Postgres;

    public ImmutableArray<SeededOrganization> Organizations { get; private set; }

    public static async Task<ReplaySite> StartAsync(ReplayPlan plan)
    {
        var site = new ReplaySite(await CheckedServers.StartAsync(
            isDurable: false, RedisMebibytes, CancellationToken.None,
            "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=top", "pg_stat_statements.track_utility=off"));
        await site.FillAsync(plan);
        await site.Postgres.StopAsync();
        await site.Postgres.CopyAsync(Data, Copy, CancellationToken.None);
        return site;
    }

    /// <summary>Restores the data of the week's start.</summary>
    public async Task ResetAsync()
    {
        await Postgres.StopAsync();
        await Postgres.CopyAsync(Copy, Data, CancellationToken.None);
        await Postgres.StartAsync(CancellationToken.None);
        await _servers.Redis.ExecuteAsync("FLUSHALL");
    }

    /// <summary>The settings of a process that is that user of Postgres, named as environment variables.</summary>
    public Dictionary<string, string?> SettingsOf(string user) => ApiSettings.Of(
        _servers,
        [
            new($"ConnectionStrings__{DataRegistration.ConnectionName}", ConnectionStringOf(user)),
            new($"Logging__LogLevel__{typeof(GenerationListener).FullName}", QuietListener),
        ]);

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    private async Task FillAsync(ReplayPlan plan)
    {
        await SeededSite.MigrateAsync(Postgres);
        Organizations = await SeededSite.SeedOrganizationsAsync(_servers, plan.Organizations);
        foreach (var user in (string[])[InstanceUser, WorkerUser])
        {
            await Postgres.ExecuteAsync($"create role {user} superuser login password '{_password}'", CancellationToken.None);
        }

        await Postgres.ExecuteAsync("create extension pg_stat_statements", CancellationToken.None);
        var time = new SimulatedTime(SeoulWeek.Start);
        await using (var worker = await ReplayWorker.StartAsync(this, time, plan))
        {
            await worker.EnqueueScrapesAsync();
            foreach (var (board, _, _) in BoardPlan.Boards)
            {
                await worker.ScrapeAsync(board);
            }
        }

        await Postgres.QueryAsync(
            "insert into organization_activity (organization_id, last_active_at) select id, $1 from organizations returning 1",
            row => row.GetInt32(0), SeoulWeek.Start.ToUniversalTime());
        await Postgres.ExecuteAsync("delete from cache_warmings; analyze", CancellationToken.None);
    }

    private string ConnectionStringOf(string user) =>
        new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Username = user, Password = _password }.ConnectionString;
}
