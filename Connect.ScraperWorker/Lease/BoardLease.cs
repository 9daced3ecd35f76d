using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Npgsql;

namespace Connect.ScraperWorker.Lease;

/// <summary>
/// The right to read a board, held by a session lock on a connection of its own. The connection is never renewed:
/// when it is lost, so is the right, and the next use of the claim fails.
/// </summary>
internal sealed class BoardLease : IAsyncDisposable
{
    // First half of the lock's two keys; the second is the agency.
    private const int LockSpace = 0x434E43;

    private readonly NpgsqlConnection _connection;
    private readonly Agency _agency;

    private BoardLease(NpgsqlConnection connection, Agency agency) => (_connection, _agency) = (connection, agency);

    /// <summary>Takes the claim; null while another worker has it.</summary>
    /// <param name="connection">An unpooled connection, not opened; the claim disposes of it.</param>
    /// <param name="agency">The board's agency.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BoardLease?> TryTakeAsync(NpgsqlConnection connection, Agency agency, CancellationToken cancellationToken)
    {
        var claim = new BoardLease(connection, agency);
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
    /// run that is marked as running already lost its owner, and waits like the others, before them. One that has cost
    /// <paramref name="maxAttempts"/> workers their lives is given up.
    /// </summary>
    public async Task<RunLease?> NextRunAsync(DateTimeOffset now, int maxAttempts, CancellationToken cancellationToken)
    {
        await using (var giveUp = new NpgsqlCommand(
            """
            update scrape_runs set status = 'Failed', completed_at = $1, error = 'Given up after ' || attempts || ' attempts.'
            where agency = $2 and status = 'Running' and attempts >= $3
            """,
            _connection))
        {
            giveUp.Parameters.Add(new() { Value = now });
            giveUp.Parameters.Add(new() { Value = _agency.ToString() });
            giveUp.Parameters.Add(new() { Value = maxAttempts });
            await giveUp.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(
            """
            update scrape_runs set
                status = 'Running', started_at = $1, attempts = attempts + 1, progress_at = null, found = 0, not_modified = 0, failed = 0
            where id = (
                select id from scrape_runs where agency = $2 and status in ('Running', 'Queued')
                order by status desc, requested_at, id limit 1)
            returning id, attempts
            """,
            _connection);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = _agency.ToString() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetGuid(0), _agency, reader.GetInt32(1)) : null;
    }

    /// <summary>
    /// Says how far the run is. That the claim's own connection answers is also the proof that the claim is still held. A run
    /// that is being merged has its row locked, and is passed over.
    /// </summary>
    /// <returns>Whether the run is still this worker's.</returns>
    public async Task<bool> ReportAsync(RunLease lease, ScrapeProgress progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with told as (
                update scrape_runs set progress_at = $3, found = $4, not_modified = $5, failed = $6
                where id = (
                    select id from scrape_runs where id = $1 and attempts = $2 and status = 'Running' for update skip locked))
            select exists (select from scrape_runs where id = $1 and attempts = $2)
            """,
            _connection)
        {
            // Breaks the connection, and with it the claim: not for a server that is merely busy.
            CommandTimeout = 30,
        };
        command.Parameters.Add(new() { Value = lease.RunId });
        command.Parameters.Add(new() { Value = lease.Attempt });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = progress.Found });
        command.Parameters.Add(new() { Value = progress.NotModified });
        command.Parameters.Add(new() { Value = progress.Failed });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Ends the session, and with it the lock.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
