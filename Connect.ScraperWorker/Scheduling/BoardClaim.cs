using Connect.Core.Programs;
using Npgsql;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>
/// The right to read a board, held by a session lock on a connection of its own. The connection is never renewed:
/// when it is lost, so is the right, and the next use of the claim fails.
/// </summary>
internal sealed class BoardClaim : IAsyncDisposable
{
    // First half of the lock's two keys; the second is the agency.
    private const int LockSpace = 0x434E43;

    private readonly NpgsqlConnection _connection;
    private readonly Agency _agency;

    private BoardClaim(NpgsqlConnection connection, Agency agency) => (_connection, _agency) = (connection, agency);

    /// <summary>Takes the claim; null while another worker has it.</summary>
    /// <param name="connection">An unpooled connection, not opened; the claim disposes of it.</param>
    /// <param name="agency">The board's agency.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BoardClaim?> TryTakeAsync(NpgsqlConnection connection, Agency agency, CancellationToken cancellationToken)
    {
        var claim = new BoardClaim(connection, agency);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection);
            command.Parameters.Add(new() { Value = LockSpace });
            command.Parameters.Add(new() { Value = (int)agency });
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return claim;
            }
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }

        await claim.DisposeAsync();
        return null;
    }

    /// <summary>
    /// Marks the board's oldest waiting run as running; null when none waits. Whoever holds the claim is alone: a
    /// run that is marked as running already lost its owner, and waits like the others, before them.
    /// </summary>
    public async Task<Guid?> NextRunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update scrape_runs set status = 'Running', started_at = $1
            where id = (
                select id from scrape_runs where agency = $2 and status in ('Running', 'Queued')
                order by status desc, requested_at, id limit 1)
            returning id
            """,
            _connection);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = _agency.ToString() });
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>Ends the session, and with it the lock.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
