using System.Globalization;
using Connect.Caching.Flow;
using Npgsql;

namespace Connect.Data.Explanations;

/// <summary>
/// The right to write the text of one input, over all instances: an advisory lock of a transaction on a connection of
/// its own. It ends with the COMMIT that makes the text visible, or with the connection, so that a process that dies
/// leaves nothing locked.
/// </summary>
internal sealed class ExplanationLock : IAsyncDisposable
{
    // Longer than the server's limit, so that the client times out only if the server is silent.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private readonly NpgsqlConnection _connection;
    private readonly TimeProvider _time;
    private NpgsqlTransaction? _transaction;

    private ExplanationLock(NpgsqlConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>Takes the lock; null if another writer holds it for longer than <paramref name="wait"/>.</summary>
    public static async Task<ExplanationLock?> TakeAsync(
        NpgsqlConnection connection, string inputHash, TimeSpan wait, TimeSpan hold, TimeProvider time, CancellationToken cancellationToken)
    {
        var taken = new ExplanationLock(connection, time);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);

            // READ COMMITTED: a query under the lock sees the text that the last holder committed.
            taken._transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await taken.SetLimitsAsync(wait, hold, cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection)
            {
                CommandTimeout = (int)Math.Ceiling((wait + Slack).TotalSeconds),
            };
            command.Parameters.Add(new() { Value = KeyOf(inputHash) });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            CacheTrace.Current?.AddQuery(TimeSpan.Zero);
            return taken;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await taken.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await taken.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The text, if another writer stored it while this one waited for the lock.</summary>
    public async Task<StoredExplanation?> FindAsync(string inputHash, CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand();
        return await ExplanationStore.FindAsync(command, inputHash, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores the text and releases the lock.</summary>
    public async Task CommitAsync(StoredExplanation explanation, CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand();
        await ExplanationStore.InsertAsync(command, explanation, _time, cancellationToken).ConfigureAwait(false);
        await _transaction!.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the session, and with it the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>64 bits of the hash. Two inputs that share them only wait for each other.</summary>
    internal static long KeyOf(string inputHash) =>
        long.Parse(inputHash.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private async Task SetLimitsAsync(TimeSpan wait, TimeSpan hold, CancellationToken cancellationToken)
    {
        // The second limit ends the transaction of a paused process: others must not wait for it forever.
        await using var command = new NpgsqlCommand(
            "select set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)", _connection);
        command.Parameters.Add(new() { Value = Milliseconds(wait) });
        command.Parameters.Add(new() { Value = Milliseconds(hold) });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    // To Postgres 0 means no limit.
    private static string Milliseconds(TimeSpan span) => Math.Max(1, (long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
