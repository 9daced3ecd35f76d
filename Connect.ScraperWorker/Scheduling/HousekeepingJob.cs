using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>
/// Deletes expired records: idempotency keys, which can then be used again, the ends of the audit trail and of the cache's
/// history, and the pages of suspicious runs, but for each board's last one.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class HousekeepingJob(
    ConnectDbContext context, IOptions<HousekeepingOptions> options, TimeProvider time, ILogger<HousekeepingJob> logger) : IJob
{
    public static readonly JobKey Key = new("housekeeping");

    public async ValueTask Execute(IJobExecutionContext execution, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (keysBefore, auditBefore) = (now - IdempotencyKey.Retention, now - options.Value.AuditRetention);
        var historyBefore = now - options.Value.HistoryRetention;
        var keys = await context.IdempotencyKeys.Where(key => key.CreatedAt < keysBefore).ExecuteDeleteAsync(cancellationToken);
        var entries = await context.AuditEntries.Where(entry => entry.At < auditBefore).ExecuteDeleteAsync(cancellationToken);
        var evictions = await context.CacheEvictions.Where(eviction => eviction.At < historyBefore).ExecuteDeleteAsync(cancellationToken);
        var minutes = await context.CacheMinutes.Where(minute => minute.Minute < historyBefore).ExecuteDeleteAsync(cancellationToken);
        var pages = await ForgetPagesAsync(now - options.Value.PageRetention, cancellationToken);
        if (keys + entries + evictions + minutes + pages > 0)
        {
            Log.Forgot(logger, keys, entries, evictions, minutes, pages);
        }
    }

    private async Task<int> ForgetPagesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var kept = context.ScrapePages.Join(context.ScrapeRuns, page => page.RunId, run => run.Id, (page, run) => new { page.RunId, run.Agency });
        return await context.ScrapePages
            .Where(page => page.KeptAt < before && kept.Any(later => later.RunId.CompareTo(page.RunId) > 0
                && later.Agency == context.ScrapeRuns.Single(run => run.Id == page.RunId).Agency))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Forgot {Keys} idempotency keys, {Entries} entries of the audit trail, {Evictions} evictions, {Minutes} minutes of the cache and {Pages} pages of suspicious runs")]
        public static partial void Forgot(ILogger logger, int keys, int entries, int evictions, int minutes, int pages);
    }
}
