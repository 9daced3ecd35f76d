using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Connect.AppHost.Servers.Postgres;

/// <summary>Adds PostgreSQL servers that run as programs of this machine.</summary>
internal static class PostgresProgramBuilderExtensions
{
    private const string Loopback = "127.0.0.1";

    /// <summary>
    /// Adds a server whose program is looked for when it starts: on the PATH, in the platform's usual folders, then
    /// among those that were downloaded before, else it is downloaded. A server that crashes is started again.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="dataFolder">Keeps the data between runs; null for a folder that is thrown away with the run.</param>
    /// <param name="options">Where the programs come from; null for what the configuration says.</param>
    public static IResourceBuilder<PostgresProgramResource> AddPostgresProgram(
        this IDistributedApplicationBuilder builder, string name, string? dataFolder = null, PostgresOptions? options = null)
    {
        var generated = Secrets.NewPassword();
        var password = builder.AddParameter(
            $"{name}-password", () => dataFolder is null ? generated : PostgresData.ReadPassword(dataFolder) ?? generated, secret: true);
        var server = new PostgresProgramResource(name, password.Resource) { DataFolder = dataFolder };
        var launch = new PostgresLaunch(server, options ?? PostgresOptions.Read(builder.Configuration));
        builder.Services.AddSingleton(launch);
        return builder.AddResource(server)
            .WithEndpoint(PostgresProgramResource.EndpointName, endpoint => (endpoint.IsProxied, endpoint.TargetHost) = (false, Loopback))
            .WithArgs(launch.AddArguments)
            .WithIconName("DatabaseMultiple")
            .WithConnectionCheck(server)
            .WithRestarts()
            .PreparedBy(launch.PrepareAsync)
            .OnResourceReady(static (server, ready, cancellationToken) => CreateDatabasesAsync(server, ready.Services, cancellationToken));
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    public static IResourceBuilder<PostgresProgramDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresProgramResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresProgramDatabaseResource(name, databaseName ?? name, builder.Resource);
        return builder.ApplicationBuilder.AddResource(database)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "PostgresDatabase", Properties = [] })
            .WithIconName("Database")
            .WithConnectionCheck(database);
    }

    private static IResourceBuilder<T> WithConnectionCheck<T>(this IResourceBuilder<T> builder, T resource)
        where T : IResourceWithConnectionString
    {
        string? connectionString = null;
        builder.OnConnectionStringAvailable(async (available, _, cancellationToken) =>
            connectionString = await available.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false));
        var key = $"{resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks()
            .AddNpgSql(_ => connectionString ?? throw new InvalidOperationException($"{resource.Name} has no address yet."), name: key);
        return builder.WithHealthCheck(key);
    }

    private static async Task CreateDatabasesAsync(PostgresProgramResource server, IServiceProvider services, CancellationToken cancellationToken)
    {
        var databases = services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<PostgresProgramDatabaseResource>().Where(database => database.Parent == server);
        var settings = new NpgsqlConnectionStringBuilder(await server.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false))
        {
            Database = "postgres",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var database in databases)
        {
            await CreateAsync(connection, database.DatabaseName, cancellationToken).ConfigureAwait(false);

            // The database has no process, so its state is published here: resources that wait for it would wait
            // forever.
            await services.GetRequiredService<ResourceNotificationService>()
                .PublishUpdateAsync(database, static snapshot => snapshot with { State = KnownResourceStates.Running }).ConfigureAwait(false);
        }
    }

    private static async Task CreateAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
        {
            Parameters = { new NpgsqlParameter { Value = name } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            var quoted = name.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"create database \"{quoted}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
