using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.ScraperWorker.Ingestion.Merging;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>
/// Brings what a run has staged into the calls: calls, postings, run log and evictions in one transaction. Idempotent: the
/// same rows again are unchanged, and what is unchanged evicts nothing.
/// </summary>
internal sealed class AnnouncementIngestor(CacheTransaction<ConnectDbContext> transaction, TimeProvider time)
{
    /// <summary>Merges the staged rows and completes the run.</summary>
    /// <exception cref="RunTakenException">Another worker has the run; nothing was changed.</exception>
    /// <exception cref="ImplausibleRunException">Too many calls would vanish; nothing was changed.</exception>
    public Task<MergeCounts> IngestAsync(ScrapeTicket ticket, ScrapeProgress progress, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var (counts, isMatchingTouched) = await new RunMerge(context, ticket, now).RunAsync(token).ConfigureAwait(false);
                await CompleteAsync(context, ticket, progress, counts, token).ConfigureAwait(false);
                if (isMatchingTouched)
                {
                    context.EvictTags(EvictionReasons.Scrape, ticket.RunId, ConnectTags.Programs, ConnectTags.Matches);
                    await context.RequestWarmingAsync(WarmingTrigger.Scrape, now, token).ConfigureAwait(false);
                }

                return counts;
            },
            cancellationToken);

    private async Task CompleteAsync(
        ConnectDbContext context, ScrapeTicket ticket, ScrapeProgress progress, MergeCounts counts, CancellationToken cancellationToken)
    {
        var run = await context.ScrapeRuns.SingleAsync(r => r.Id == ticket.RunId, cancellationToken).ConfigureAwait(false);
        run.Status = ScrapeStatus.Succeeded;
        run.CompletedAt = time.GetUtcNow();
        ScrapeRunLog.Write(run, progress);
        (run.New, run.Changed, run.Unchanged) = (counts.New, counts.Changed, counts.Unchanged);
        (run.Vanished, run.Reposted) = (counts.Vanished, counts.Reposted);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
