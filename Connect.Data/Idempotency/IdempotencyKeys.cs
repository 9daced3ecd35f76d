namespace Connect.Data.Idempotency;

/// <summary>Keys of writes, used inside the transaction of the write that they name.</summary>
public static class IdempotencyKeys
{
    /// <summary>
    /// Takes the key before the write. A request with the same key waits here until this transaction ends, and then
    /// finds its result.
    /// </summary>
    /// <returns>The result of an earlier write with the key; null where this write has the key now.</returns>
    public static async Task<IdempotencyKey?> ClaimAsync(
        this ConnectDbContext context, IdempotencyKey claim, CancellationToken cancellationToken)
    {
        while (true)
        {
            var claimed = await context.Database.ExecuteSqlAsync(
                $"""
                insert into idempotency_keys (user_id, key, operation, request_hash, result_ids, created_at)
                values ({claim.UserId}, {claim.Key}, {claim.Operation}, {claim.RequestHash}, array[]::uuid[], {claim.CreatedAt})
                on conflict (user_id, key) do nothing
                """,
                cancellationToken).ConfigureAwait(false);
            if (claimed > 0)
            {
                return null;
            }

            // The loop repeats if the row was purged between the insert and this query: the key is free then.
            if (await Find(context, claim).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return earlier;
            }
        }
    }

    /// <summary>Stores the ids that the write answers with, and its status where it may have several.</summary>
    public static Task CompleteAsync(
        this ConnectDbContext context, IdempotencyKey claim, IReadOnlyList<Guid> resultIds, int? resultStatus, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. resultIds];
        return Find(context, claim).ExecuteUpdateAsync(
            set => set.SetProperty(key => key.ResultIds, ids).SetProperty(key => key.ResultStatus, resultStatus), cancellationToken);
    }

    /// <summary>Removes the key of a refused write, so that a corrected request may use it.</summary>
    public static Task ReleaseAsync(this ConnectDbContext context, IdempotencyKey claim, CancellationToken cancellationToken) =>
        Find(context, claim).ExecuteDeleteAsync(cancellationToken);

    private static IQueryable<IdempotencyKey> Find(ConnectDbContext context, IdempotencyKey claim) =>
        context.IdempotencyKeys.Where(key => key.UserId == claim.UserId && key.Key == claim.Key);
}
