using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.Domain.Programs;
using Quartz;

namespace Connect.ScraperWorker.Warming;

/// <summary>Asks for the coming day's rankings: at midnight in Seoul every name is another. Thin: the dispatcher does the work.</summary>
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
