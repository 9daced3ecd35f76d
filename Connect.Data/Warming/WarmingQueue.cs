namespace Connect.Data.Warming;

/// <summary>Queues warmings, from any instance. A worker carries them out, one at a time.</summary>
public static class WarmingQueue
{
    /// <summary>
    /// Queues a warming of the present rankings, or joins the one that waits. In a transaction it becomes visible together with
    /// the change: no warming starts from the data before it. Saves the context's changes first, so that every writer locks
    /// rows, then the queue, then generations; in another order two writers could deadlock.
    /// </summary>
    /// <param name="context">The context whose changes are saved and whose connection is used.</param>
    /// <param name="trigger">
    /// The trigger; it replaces that of a waiting warming only if it is an administrator's.
    /// </param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the warming that waits.</returns>
    public static async Task<Guid> RequestWarmingAsync(
        this ConnectDbContext context, WarmingTrigger trigger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);

        // The update locks a waiting row until this transaction ends: no worker can take it up, and read generations, between
        // this statement and the commit of the change that it is for.
        return await RunAsync(
            context.Database.SqlQuery<Guid>(
                $"""
                insert into cache_warmings as w (
                    id, trigger, status, requests, requested_at, attempts, organizations, warmed, skipped, failed, queries)
                values ({Guid.CreateVersion7()}, {trigger.ToString()}, 'Queued', 1, {now}, 0, 0, 0, 0, 0, 0)
                on conflict (status) where status = 'Queued' and as_of is null do update set
                    requests = w.requests + 1,
                    trigger = case when excluded.trigger = {nameof(WarmingTrigger.Administrator)} then excluded.trigger else w.trigger end
                returning id as "Value"
                """),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Queues a warming of the rankings of a coming moment, or joins the one that waits for it.</summary>
    /// <param name="context">The context whose connection is used.</param>
    /// <param name="asOf">The moment: midnight in Seoul.</param>
    /// <param name="now">When it is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the warming that waits.</returns>
    public static Task<Guid> RequestWarmingAsOfAsync(
        this ConnectDbContext context, DateTimeOffset asOf, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(
            context.Database.SqlQuery<Guid>(
                $"""
                insert into cache_warmings as w (
                    id, trigger, status, requests, as_of, requested_at, attempts, organizations, warmed, skipped, failed, queries)
                values (
                    {Guid.CreateVersion7()}, {nameof(WarmingTrigger.NextDay)}, 'Queued', 1, {asOf.ToUniversalTime()}, {now}, 0, 0, 0, 0, 0, 0)
                on conflict (as_of) where status = 'Queued' and as_of is not null do update set requests = w.requests + 1
                returning id as "Value"
                """),
            cancellationToken);

    // As a list: an INSERT cannot be part of a larger query.
    private static async Task<Guid> RunAsync(IQueryable<Guid> inserted, CancellationToken cancellationToken) =>
        (await inserted.ToListAsync(cancellationToken).ConfigureAwait(false)).Single();
}
