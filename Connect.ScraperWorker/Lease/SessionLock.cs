using Npgsql;

namespace Connect.ScraperWorker.Lease;

/// <summary>
/// A session lock of Postgres on a connection of its own. The connection is never reopened: when it is lost, so is the lock,
/// and the next command on it fails.
/// </summary>
internal sealed class SessionLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private SessionLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the lock; null while another instance holds it.</summary>
    /// <param name="connection">An unpooled connection, not opened; the lock disposes of it.</param>
    /// <param name="sql">The statement that tries to take the lock and returns whether it did.</param>
    /// <param name="keys">The statement's parameters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SessionLock?> TryTakeAsync(
        NpgsqlConnection connection, string sql, object[] keys, CancellationToken cancellationToken)
    {
        var taken = new SessionLock(connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = taken.Command(sql, keys);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return taken;
            }
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }

        await taken.DisposeAsync();
        return null;
    }

    /// <summary>A command on the lock's own connection: that it succeeds proves that the lock is still held.</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    /// <summary>Ends the session, and with it the lock.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
