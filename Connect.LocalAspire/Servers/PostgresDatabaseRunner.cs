using Aspire.Hosting.ApplicationModel;
using Connect.LocalAspire.Running;
using Npgsql;

namespace Connect.LocalAspire.Servers;

/// <summary>Creates a database once its server is up.</summary>
internal sealed class PostgresDatabaseRunner(PostgresDatabaseResource database, EngineContext engine) : ResourceRunner(database, engine)
{
    // Its health follows its server's, and it has no process: it stops with the projects.
    public override bool IsServer => false;

    protected override async Task<ResourcePhase> RunCoreAsync(CancellationToken stopping)
    {
        await Engine.States.WaitAsync([database.Parent], phase => phase == ResourcePhase.Healthy || phase.IsOver(), stopping).ConfigureAwait(false);
        if (Engine.States[database.Parent].IsOver())
        {
            return ResourcePhase.Failed;
        }

        await CreateAsync(stopping).ConfigureAwait(false);
        await new HealthMonitor(Resource, Engine).RunAsync(_ => new(true), stopping).ConfigureAwait(false);
        return ResourcePhase.Stopped;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var settings = PostgresConnections.Settings(await database.Parent.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false));
        settings.Database = "postgres";
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new NpgsqlParameter { Value = database.DatabaseName } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            var name = database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
