using Npgsql;

namespace Connect.Caching.Tests.Instances;

/// <summary>Statements past the cache.</summary>
internal static class Sql
{
    /// <summary>Executes a statement; its first value, null for none.</summary>
    public static async Task<object?> ExecuteAsync(string connectionString, string statement)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteScalarAsync(TestInstance.Token);
    }

    /// <summary>The generations of all rows: microseconds since the Unix epoch, or one more than the one before.</summary>
    public static async Task<Dictionary<string, long>> ReadGenerationsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select tag, generation from cache_generations");
        await using var reader = await command.ExecuteReaderAsync(TestInstance.Token);
        Dictionary<string, long> generations = [];
        while (await reader.ReadAsync(TestInstance.Token))
        {
            generations.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return generations;
    }

    /// <summary>The database as it is reached through a proxy on another port of the loopback address, which reads the protocol.</summary>
    public static string Through(string connectionString, int port) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Port = port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>The server's port.</summary>
    public static int PortOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Port;
}
