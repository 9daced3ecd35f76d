using Npgsql;

namespace Connect.LocalAspire.Servers;

/// <summary>The engine's own connections: none is kept, so that none delays the server's shutdown.</summary>
internal static class PostgresConnections
{
    private const int TimeoutSeconds = 3;

    public static NpgsqlConnectionStringBuilder Settings(string? connectionString) => new(connectionString)
    {
        Pooling = false,
        Timeout = TimeoutSeconds,
        CommandTimeout = 30,
        ApplicationName = "connect-apphost",
    };
}
