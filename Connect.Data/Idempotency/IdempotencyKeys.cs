using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.Data.Idempotency;

/// <summary>Keys of writes, used inside the transaction of the write that they name.</summary>
public static class IdempotencyKeys
{
    /// <summary>
    /// Takes the key before anything else is done. A caller that comes with the same one waits here until this
    /// transaction ends, and then finds what it left.
    /// </summary>
    /// <returns>What an earlier write left under the key; null where the key is now this write's.</returns>
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

            // Not there, though it was a moment ago: it was purged in between, and is free.
            if (await Find(context, claim).AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return earlier;
            }
        }
    }

    /// <summary>Notes what the write made.</summary>
    public static Task CompleteAsync(
        this ConnectDbContext context, IdempotencyKey claim, IReadOnlyList<Guid> resultIds, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. resultIds];
        return Find(context, claim).ExecuteUpdateAsync(set => set.SetProperty(key => key.ResultIds, ids), cancellationToken);
    }

    /// <summary>Gives the key back: the write was refused, and whoever corrects it may use the same name.</summary>
    public static Task ReleaseAsync(this ConnectDbContext context, IdempotencyKey claim, CancellationToken cancellationToken) =>
        Find(context, claim).ExecuteDeleteAsync(cancellationToken);

    private static IQueryable<IdempotencyKey> Find(ConnectDbContext context, IdempotencyKey claim) =>
        context.IdempotencyKeys.Where(key => key.UserId == claim.UserId && key.Key == claim.Key);
}
