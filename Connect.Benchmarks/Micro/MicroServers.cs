using Connect.Benchmarks.Serving;
using Connect.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Micro;

/// <summary>A Postgres with Connect's tables and a Redis, both the run's own.</summary>
internal sealed class MicroServers : IAsyncDisposable
{
    private readonly CheckerProcesses _processes;
    private readonly CheckedRedis _redis;
    private readonly CheckedPostgres _postgres;

    private MicroServers(CheckerProcesses processes, CheckedRedis redis, CheckedPostgres postgres) =>
        (_processes, _redis, _postgres) = (processes, redis, postgres);

    public string Redis => _redis.Configuration;

    public string Postgres => _postgres.ConnectionString;

    public static async Task<MicroServers> StartAsync(CancellationToken cancellationToken)
    {
        var processes = new CheckerProcesses();
        try
        {
            var redis = await CheckedRedis.StartNewAsync(processes, cancellationToken);
            var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: false, cancellationToken);
            await using var context = SeededSite.Open(postgres);
            await context.Database.MigrateAsync(cancellationToken);
            return new MicroServers(processes, redis, postgres);
        }
        catch
        {
            await processes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
        await _processes.DisposeAsync();
    }
}
