using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Connect.Caching.Tests.Invalidation;

/// <summary>A connection that breaks just before or just after COMMIT took effect.</summary>
internal sealed class LossyCommit(bool afterCommit) : DbTransactionInterceptor
{
    public int Losses { get; set; }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        LoseIf(!afterCommit);
        return new(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        LoseIf(afterCommit);
        return Task.CompletedTask;
    }

    private void LoseIf(bool now)
    {
        if (now && Losses > 0)
        {
            Losses--;
            throw new NpgsqlException("lost", new IOException("lost"));
        }
    }
}
