using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.ScraperWorker.Check;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Queue;

namespace Connect.ScraperWorker.Publish;

/// <summary>
/// Publishes a staged run: programs, postings, the run's end and the evictions in one transaction. Idempotent: the same rows
/// once more are unchanged, and unchanged programs evict nothing.
/// </summary>
internal sealed class RunPublisher(CacheTransaction<ConnectDbContext> transaction, ScrapeRunStore runs, TimeProvider time)
{
    /// <summary>Merges the staged rows and completes the run.</summary>
    /// <exception cref="LeaseLostException">Another instance has taken up the run; nothing was changed.</exception>
    /// <exception cref="SuspiciousRunException">Too many programs would vanish; nothing was changed.</exception>
    public Task<MergeCounts> PublishAsync(RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var (counts, reach) = await new RunMerge(context, lease, now).RunAsync(token).ConfigureAwait(false);
                await runs.CompleteAsync(context, lease, progress, counts, token).ConfigureAwait(false);
                context.EvictPrograms(reach, EvictionReasons.Scrape, lease.RunId);
                if (reach == ProgramReach.Rankings)
                {
                    await context.RequestWarmingAsync(WarmingTrigger.Scrape, now, token).ConfigureAwait(false);
                }

                return counts;
            },
            cancellationToken);
}
