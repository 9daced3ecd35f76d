using Connect.Core.Data;
using Connect.Core.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>The right to read a board, held by a session lock on a connection that stays open as long.</summary>
internal sealed class BoardClaim : IAsyncDisposable
{
    // First half of the lock's two keys; the second is the agency.
    private const int LockSpace = 0x434E43;

    private readonly ConnectDbContext _context;
    private readonly Agency _agency;

    private BoardClaim(ConnectDbContext context, Agency agency) => (_context, _agency) = (context, agency);

    /// <summary>Takes the claim; null while another worker has it.</summary>
    public static async Task<BoardClaim?> TryTakeAsync(ConnectDbContext context, Agency agency, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var isTaken = await context.Database
            .SqlQuery<bool>($"select pg_try_advisory_lock({LockSpace}, {(int)agency}) as \"Value\"")
            .SingleAsync(cancellationToken);
        if (isTaken)
        {
            return new BoardClaim(context, agency);
        }

        await context.Database.CloseConnectionAsync();
        return null;
    }

    /// <summary>
    /// Marks the board's oldest waiting run as running; null when none waits. Whoever holds the claim is alone: a
    /// run that is marked as running already lost its owner, and waits like the others.
    /// </summary>
    public async Task<Guid?> NextRunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var agency = _agency.ToString();
        var ids = await _context.Database.SqlQuery<Guid>($"""
            update scrape_runs set status = 'Running', started_at = {now}
            where id = (
                select id from scrape_runs where agency = {agency} and status in ('Running', 'Queued')
                order by status desc, requested_at, id limit 1)
            returning id as "Value"
            """).ToListAsync(cancellationToken);
        return ids is [var id] ? id : null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _context.Database.ExecuteSqlAsync($"select pg_advisory_unlock({LockSpace}, {(int)_agency})");
        }
        finally
        {
            await _context.Database.CloseConnectionAsync();
        }
    }
}
