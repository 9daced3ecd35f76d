using Connect.Domain.Programs;
using Npgsql;

namespace Connect.ScraperWorker.Lease;

/// <summary>The right to read a board, held by a session lock, so that one instance at a time reads it.</summary>
internal sealed class BoardLease : IAsyncDisposable
{
    // First half of the lock's two keys; the second is the agency.
    private const int LockSpace = 0x434E43;

    private readonly SessionLock _session;

    private BoardLease(SessionLock session, Agency agency) => (_session, Agency) = (session, agency);

    /// <summary>The board's agency.</summary>
    public Agency Agency { get; }

    /// <summary>Takes the lease; null while another instance holds it.</summary>
    /// <param name="connection">An unpooled connection, not opened; the lease disposes of it.</param>
    /// <param name="agency">The board's agency.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BoardLease?> TryTakeAsync(NpgsqlConnection connection, Agency agency, CancellationToken cancellationToken) =>
        await SessionLock.TryTakeAsync(
            connection, "select pg_try_advisory_lock($1, $2)", [LockSpace, (int)agency], cancellationToken) is { } session
            ? new(session, agency)
            : null;

    /// <inheritdoc cref="SessionLock.Command"/>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values) => _session.Command(sql, values);

    /// <summary>Ends the session, and with it the lease.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
