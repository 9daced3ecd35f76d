using Connect.Caching.Invalidation;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.ScraperWorker.Check;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Queue;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Publish;

/// <summary>
/// Brings what a run has staged into the calls: calls, postings, run log and evictions in one transaction. Idempotent: the
/// same rows again are unchanged, and what is unchanged evicts nothing.
/// </summary>
internal sealed class RunPublisher(CacheTransaction<ConnectDbContext> transaction, TimeProvider time)
{
    /// <summary>Merges the staged rows and completes the run.</summary>
    /// <exception cref="LeaseLostException">Another worker has the run; nothing was changed.</exception>
    /// <exception cref="SuspiciousRunException">Too many calls would vanish; nothing was changed.</exception>
    public Task<MergeCounts> PublishAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var (counts, isMatchingTouched) = await new RunMerge(context, lease, now).RunAsync(token).ConfigureAwait(false);
                await CompleteAsync(context, lease, progress, counts, token).ConfigureAwait(false);
                if (isMatchingTouched)
                {
                    context.EvictTags(EvictionReasons.Scrape, lease.RunId, ConnectTags.Programs, ConnectTags.Matches);
                    await context.RequestWarmingAsync(WarmingTrigger.Scrape, now, token).ConfigureAwait(false);
                }

                return counts;
            },
            cancellationToken);

    private async Task CompleteAsync(
        ConnectDbContext context, RunLease lease, ScrapeProgress progress, MergeCounts counts, CancellationToken cancellationToken)
    {
        var run = await context.ScrapeRuns.SingleAsync(r => r.Id == lease.RunId, cancellationToken).ConfigureAwait(false);
        run.Status = ScrapeStatus.Succeeded;
        run.CompletedAt = time.GetUtcNow();
        ScrapeRunLog.Write(run, progress);
        (run.New, run.Changed, run.Unchanged) = (counts.New, counts.Changed, counts.Unchanged);
        (run.Vanished, run.Reposted) = (counts.Vanished, counts.Reposted);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
