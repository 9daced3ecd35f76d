using System.Collections.Immutable;
using Connect.Benchmarks.Replay.Clock;
using Connect.Benchmarks.Replay.Plan;
using Connect.Benchmarks.Serving;
using Connect.Caching.Generations;
using Connect.Data;
using Connect.Testing.Servers;
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

    // The listener would log the end of its connection after every run.
    private const string QuietListener = "Error";

    private readonly string _password = Guid.NewGuid().ToString("N");
    private ImmutableArray<SeededOrganization> _organizations;

    private ReplaySite(CheckedPostgres postgres, CheckedRedis redis) => (Postgres, Redis) = (postgres, redis);

    public CheckedPostgres Postgres { get; }

    public CheckedRedis Redis { get; }

    public ImmutableArray<SeededOrganization> Organizations => _organizations;

    /// <summary>Makes the stores and fills them.</summary>
    public static async Task<ReplaySite> StartAsync(CheckerProcesses processes, ReplayPlan plan)
    {
        var redis = await CheckedRedis.StartNewAsync(processes, CancellationToken.None, RedisMebibytes);
        var postgres = await CheckedPostgres.StartNewAsync(
            processes, isDurable: false, CancellationToken.None,
            "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=top", "pg_stat_statements.track_utility=off");
        var site = new ReplaySite(postgres, redis);
        await site.FillAsync(plan);
        await postgres.StopAsync();
        await postgres.CopyAsync(Data, Copy, CancellationToken.None);
        return site;
    }

    /// <summary>Restores the data of the week's start.</summary>
    public async Task ResetAsync()
    {
        await Postgres.StopAsync();
        await Postgres.CopyAsync(Copy, Data, CancellationToken.None);
        await Postgres.StartAsync(CancellationToken.None);
        await Redis.ExecuteAsync("FLUSHALL");
    }

    /// <summary>The settings of an instance, under the names of environment variables.</summary>
    public Dictionary<string, string?> InstanceSettings(Uri address)
    {
        var settings = ApiSettings.Of(Postgres, Redis, address.OriginalString);
        settings[$"ConnectionStrings__{DataRegistration.ConnectionName}"] = ConnectionStringOf(InstanceUser);
        settings[$"Logging__LogLevel__{typeof(GenerationListener).FullName}"] = QuietListener;
        return settings;
    }

    /// <summary>The settings of the worker.</summary>
    public Dictionary<string, string?> WorkerSettings() => new()
    {
        [$"ConnectionStrings:{DataRegistration.ConnectionName}"] = ConnectionStringOf(WorkerUser),
        ["ConnectionStrings:cache"] = Redis.Configuration,
        ["Logging:LogLevel:Default"] = "Warning",
        [$"Logging:LogLevel:{typeof(GenerationListener).FullName}"] = QuietListener,
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "None",
    };

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private async Task FillAsync(ReplayPlan plan)
    {
        await SeededSite.MigrateAsync(Postgres);
        _organizations = await SeededSite.SeedOrganizationsAsync(Postgres, Redis, plan.Organizations);
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

        await using var command = Postgres.Driver.CreateCommand(
            "insert into organization_activity (organization_id, last_active_at) select id, $1 from organizations");
        command.Parameters.Add(new() { Value = SeoulWeek.Start.ToUniversalTime() });
        await command.ExecuteNonQueryAsync();
        await Postgres.ExecuteAsync("delete from cache_warmings; analyze", CancellationToken.None);
    }

    private string ConnectionStringOf(string user) =>
        new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Username = user, Password = _password }.ConnectionString;
}
