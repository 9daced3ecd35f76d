using System.Data.Common;
using System.Diagnostics;
using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Connect.Testing.Faults;

/// <summary>
/// Changes data as product code does, and kills its own process at one step between change and answer, as a loss of
/// power would: nothing is flushed, disposed or sent.
/// </summary>
internal sealed class SuddenDeath : DbTransactionInterceptor
{
    /// <summary>The data is changed, no generation is.</summary>
    public const string Changed = "changed";

    /// <summary>Data and generations are changed, COMMIT is not sent.</summary>
    public const string Bumped = "bumped";

    /// <summary>COMMIT is on its way: any moment from before it is sent to after it is answered.</summary>
    public const string Committing = "committing";

    /// <summary>COMMIT is answered, nothing is applied in this process.</summary>
    public const string Committed = "committed";

    /// <summary>The generations are applied in this process, the caller has no answer.</summary>
    public const string Applied = "applied";

    /// <summary>At no step.</summary>
    public const string Never = "never";

    private string _step = Never;

    /// <summary>Every step, in the order in which a change reaches them.</summary>
    public static string[] Steps { get; } = [Changed, Bumped, Committing, Committed, Applied];

    /// <summary>Sets the number in <c>cache_instance_value</c> and evicts <paramref name="tag"/>.</summary>
    public async Task ChangeAsync(CacheTransaction<ConnectDbContext> transaction, GenerationState generations, int number, string tag, string step)
    {
        _step = step;
        generations.Learned += (_, _, source) => DieIf(source == GenerationSource.Own ? Applied : "");
        await transaction.ExecuteAsync(
            async (context, cancellationToken) =>
            {
                await context.Database.ExecuteSqlAsync($"update cache_instance_value set number = {number}", cancellationToken);
                context.EvictTags("changed", tag);
                DieIf(Changed);
            },
            CancellationToken.None);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        DieIf(Bumped);
        if (_step == Committing)
        {
            // On loopback a COMMIT takes about a millisecond.
            var moment = TimeSpan.FromMicroseconds(Random.Shared.Next(2_000));
            var sentAt = Stopwatch.GetTimestamp();
            new Thread(() =>
            {
                SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(sentAt) >= moment);
                DieIf(Committing);
            }).Start();
        }

        return new(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        DieIf(Committed);
        return Task.CompletedTask;
    }

    private void DieIf(string step)
    {
        if (_step == step)
        {
            using var own = Process.GetCurrentProcess();
            own.Kill();
            Thread.Yield();
        }
    }
}
