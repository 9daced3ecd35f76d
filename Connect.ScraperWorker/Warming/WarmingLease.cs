using Npgsql;

namespace Connect.ScraperWorker.Warming;

/// <summary>A warming to carry out.</summary>
internal sealed record QueuedWarming(Guid Id, DateTimeOffset? AsOf, string Trigger, int Attempts);

/// <summary>How far a warming is.</summary>
internal readonly record struct WarmingCounts(int Organizations, int Warmed, int Skipped, int Failed, int Queries);

/// <summary>
/// The right to warm, held by a session lock on a connection of its own, through which alone the warming's row is
/// written: a worker that lost the lock can no longer say anything about it.
/// </summary>
internal sealed class WarmingLease : IAsyncDisposable
{
    private const long Lock = 0x434E435741;

    private readonly NpgsqlConnection _connection;

    private WarmingLease(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the claim; null while another worker has it.</summary>
    /// <param name="connection">An unpooled connection, not opened; the claim disposes of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<WarmingLease?> TryTakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var claim = new WarmingLease(connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = claim.Command("select pg_try_advisory_lock($1)", Lock);
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
    /// Marks the next warming as running; null when none is due. One that is marked already lost its owner and comes
    /// first. Others wait a moment for more of the same, and for runs that are under way: five boards, one warming.
    /// </summary>
    public async Task<QueuedWarming?> NextAsync(DateTimeOffset now, WarmingOptions options, CancellationToken cancellationToken)
    {
        // A row that is locked is being joined by a transaction that has not committed: its numbers are not known yet.
        await using var command = Command(
            """
            update cache_warmings set status = 'Running', started_at = $1, attempts = attempts + 1,
                organizations = 0, warmed = 0, skipped = 0, failed = 0, queries = 0
            where id = (
                select id from cache_warmings
                where status = 'Running' or status = 'Queued' and (
                    trigger in ('Administrator', 'NextDay')
                    or requested_at <= $2 and (
                        requested_at <= $3 or not exists (select from scrape_runs where status in ('Queued', 'Running'))))
                order by status desc, requested_at, id limit 1
                for update skip locked)
            returning id, as_of, trigger, attempts
            """,
            now, now - options.Debounce, now - options.MaxWait);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new QueuedWarming(
                reader.GetGuid(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2), reader.GetInt32(3))
            : null;
    }

    /// <summary>Whether another warming of the present waits: it will do what this one has left, with newer numbers.</summary>
    public async Task<bool> HasSuccessorAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("select exists (select from cache_warmings where status = 'Queued' and as_of is null)");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Writes how far the warming is.</summary>
    public async Task ReportAsync(Guid id, WarmingCounts counts, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "update cache_warmings set organizations = $2, warmed = $3, skipped = $4, failed = $5, queries = $6 where id = $1",
            id, counts.Organizations, counts.Warmed, counts.Skipped, counts.Failed, counts.Queries);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends the warming.</summary>
    public async Task EndAsync(Guid id, string status, string? error, DateTimeOffset now)
    {
        await using var command = Command(
            "update cache_warmings set status = $2, error = $3, completed_at = $4 where id = $1", id, status, (object?)error ?? DBNull.Value, now);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Ends the session, and with it the lock.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
