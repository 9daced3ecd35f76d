using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.Domain.Programs;
using Quartz;

namespace Connect.ScraperWorker.Warming;

/// <summary>Queues a warming of the coming day's rankings: their cache keys contain the day in Seoul.</summary>
[DisallowConcurrentExecution]
internal sealed class NextDayWarmingJob(ConnectDbContext context, TimeProvider time) : IJob
{
    public static readonly JobKey Key = new("warm-next-day");

    public async ValueTask Execute(IJobExecutionContext execution, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await context.RequestWarmingAsOfAsync(SeoulTime.NextMidnight(now), now, cancellationToken);
    }
}
