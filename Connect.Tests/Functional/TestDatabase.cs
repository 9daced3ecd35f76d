using Connect.Data.Model;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Tests.Functional;

/// <summary>
/// A migrated database of the test's own on the running application's server, gone with the test. The migrations
/// run once, on a template that all others are copies of.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string Template = $"connect_template_{Guid.NewGuid():N}";
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static bool _hasTemplate;

    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name)
    {
        (_server, _name) = (server, name);
        ConnectionString = To(server, name);
    }

    /// <summary>Connects to the new database, with a pool of its own.</summary>
    public string ConnectionString { get; }

    /// <summary>Creates a database with all migrations applied.</summary>
    public static async Task<TestDatabase> CreateAsync(RunningApplication application)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await application.GetDatabaseAsync();
        var name = $"connect_test_{Guid.NewGuid():N}";

        // A template must have no connections while it is copied, so the first test migrates it alone.
        await Gate.WaitAsync(cancellationToken);
        try
        {
            if (!_hasTemplate)
            {
                await MigrateTemplateAsync(server, cancellationToken);
                _hasTemplate = true;
            }

            await ExecuteAsync(server, $"create database {name} template {Template} strategy file_copy", cancellationToken);
        }
        finally
        {
            Gate.Release();
        }

        return new TestDatabase(server, name);
    }

    /// <summary>Creates an empty database, for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(RunningApplication application)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await application.GetDatabaseAsync();
        var name = $"connect_test_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"create database {name} template template0", cancellationToken);
        return new TestDatabase(server, name);
    }

    /// <summary>A context of the test's own, for arranging and looking; it records no evictions.</summary>
    public ConnectDbContext CreateContext() => CreateContext(ConnectionString);

    /// <summary>A context on any database with Connect's tables.</summary>
    public static ConnectDbContext CreateContext(string connectionString)
    {
        var options = new DbContextOptionsBuilder<ConnectDbContext>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention();
        return new ConnectDbContext(options.Options);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(_server, $"drop database {_name} with (force)", CancellationToken.None);
    }

    private static async Task MigrateTemplateAsync(string server, CancellationToken cancellationToken)
    {
        await ExecuteAsync(server, $"create database {Template} template template0", cancellationToken);
        await using var context = CreateContext(new NpgsqlConnectionStringBuilder(To(server, Template)) { Pooling = false }.ConnectionString);
        await context.Database.MigrateAsync(cancellationToken);
    }

    // CREATE and DROP DATABASE refuse to run inside a transaction and on the database itself.
    private static async Task ExecuteAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(To(server, "postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string To(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, MaxPoolSize = 10 }.ConnectionString;
}
