using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Data.Warming;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Merge;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>Queues a run of every board; the dispatcher carries them out.</summary>
[DisallowConcurrentExecution]
internal sealed class EnqueueScrapesJob(ScrapeQueue queue, IEnumerable<IAnnouncementSource> sources) : IJob
{
    public static readonly JobKey Key = new("enqueue-scrapes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await queue.EnqueueAsync(sources.Select(source => source.Agency), ScrapeTrigger.Schedule, cancellationToken);
}

/// <summary>
/// Expires programs whose deadline has passed, and moves those that have another round to it; evicts only if one that rankings may
/// contain is among them.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ExpireProgramsJob(CacheTransaction<ConnectDbContext> transaction, TimeProvider time) : IJob
{
    public static readonly JobKey Key = new("expire-programs");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await transaction.ExecuteAsync(
            async (data, token) =>
            {
                // One at a time with merges: two transactions that change many rows in different orders would deadlock.
                await ProgramLock.TakeAsync(data, token);
                var now = time.GetUtcNow();
                var moved = await NextRounds.MoveProgramsAsync(data, now, token);
                var overdue = data.Programs.Where(
                    program => (program.Status == ProgramStatus.Active || program.Status == ProgramStatus.Upcoming) && program.Deadline < now);
                var matched = await ExpireAsync(
                    overdue.Where(program => program.Kind == ProgramKind.Call || program.Status == ProgramStatus.Upcoming), token);
                var others = await ExpireAsync(overdue, token);
                var reach = moved
                    .With(matched > 0 ? ProgramReach.Rankings : ProgramReach.None)
                    .With(others > 0 ? ProgramReach.Lists : ProgramReach.None);
                data.EvictPrograms(reach, EvictionReasons.Expired);
                if (reach == ProgramReach.Rankings)
                {
                    await data.RequestWarmingAsync(WarmingTrigger.Expiry, now, token);
                }
            },
            cancellationToken);

    private static Task<int> ExpireAsync(IQueryable<FundingProgram> programs, CancellationToken cancellationToken) =>
        programs.ExecuteUpdateAsync(set => set.SetProperty(program => program.Status, ProgramStatus.Expired), cancellationToken);
}
