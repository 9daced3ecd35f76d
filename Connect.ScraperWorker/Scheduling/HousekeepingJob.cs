using Connect.Core.Data;
using Connect.Core.Idempotency;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>Forgets what was kept long enough: idempotency keys, which are free again then, and the audit trail's end.</summary>
[DisallowConcurrentExecution]
internal sealed partial class HousekeepingJob(
    ConnectDbContext context, IOptions<HousekeepingOptions> options, TimeProvider time, ILogger<HousekeepingJob> logger) : IJob
{
    public static readonly JobKey Key = new("housekeeping");

    public async ValueTask Execute(IJobExecutionContext execution, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (keysBefore, auditBefore) = (now - IdempotencyKey.Retention, now - options.Value.AuditRetention);
        var keys = await context.IdempotencyKeys.Where(key => key.CreatedAt < keysBefore).ExecuteDeleteAsync(cancellationToken);
        var entries = await context.AuditEntries.Where(entry => entry.At < auditBefore).ExecuteDeleteAsync(cancellationToken);
        if (keys + entries > 0)
        {
            Log.Forgot(logger, keys, entries);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Forgot {Keys} idempotency keys and {Entries} entries of the audit trail")]
        public static partial void Forgot(ILogger logger, int keys, int entries);
    }
}
