using Connect.ScraperWorker.Lease;
using Npgsql;

namespace Connect.ScraperWorker.Warming;

/// <summary>A warming that was taken from the queue.</summary>
internal sealed record QueuedWarming(Guid Id, DateTimeOffset? AsOf, string Trigger, int Attempts);

/// <summary>Counts of a warming under way.</summary>
internal readonly record struct WarmingCounts(int Organizations, int Warmed, int Skipped, int Failed, int Queries);

/// <summary>
/// The right to warm, held by a session lock. The warming's row is written only on the lock's own connection, so an instance
/// that has lost the lock can no longer write it.
/// </summary>
internal sealed class WarmingLease : IAsyncDisposable
{
    private const long Lock = 0x434E435741;

    private readonly SessionLock _session;

    private WarmingLease(SessionLock session) => _session = session;

    /// <summary>Takes the lease; null while another instance holds it.</summary>
    /// <param name="connection">An unpooled connection, not opened; the lease disposes of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<WarmingLease?> TryTakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await SessionLock.TryTakeAsync(connection, "select pg_try_advisory_lock($1)", [Lock], cancellationToken) is { } session
            ? new(session)
            : null;

    /// <summary>
    /// Marks the next warming as running; null when none is due. A warming that is running already has lost its instance, and
    /// comes first. Queued ones wait for requests of the same and for runs under way, so that five boards make one warming.
    /// </summary>
    public async Task<QueuedWarming?> NextAsync(DateTimeOffset now, WarmingOptions options, CancellationToken cancellationToken)
    {
        // A locked row is being joined by a transaction that has not committed: its generations are not visible yet.
        await using var command = _session.Command(
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

    /// <summary>Whether another warming of the present is queued: it will do the rest of this one, with newer generations.</summary>
    public async Task<bool> HasSuccessorAsync(CancellationToken cancellationToken)
    {
        await using var command = _session.Command("select exists (select from cache_warmings where status = 'Queued' and as_of is null)");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task ReportAsync(Guid id, WarmingCounts counts, CancellationToken cancellationToken)
    {
        await using var command = _session.Command(
            "update cache_warmings set organizations = $2, warmed = $3, skipped = $4, failed = $5, queries = $6 where id = $1",
            id, counts.Organizations, counts.Warmed, counts.Skipped, counts.Failed, counts.Queries);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task EndAsync(Guid id, string status, string? error, DateTimeOffset now)
    {
        await using var command = _session.Command(
            "update cache_warmings set status = $2, error = $3, completed_at = $4 where id = $1", id, status, (object?)error ?? DBNull.Value, now);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Ends the session, and with it the lease.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
