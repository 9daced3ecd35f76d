using Connect.Caching.Invalidation;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.Domain.Classification;
using Connect.ScraperWorker.Startup;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>
/// Classifies again what was classified by other rules or data: a scrape leaves unchanged announcements alone, so they
/// would keep what an older version told of them. Runs at the start, and hourly for what an older worker has written
/// since. Workers share the rows; a batch that changes no open call evicts nothing.
/// </summary>
internal sealed partial class Reclassifier(
    CacheTransaction<ConnectDbContext> transaction, DatabaseReady ready, TimeProvider time, ILogger<Reclassifier> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Until a pass is through, rankings are made of what older rules told.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    /// <summary>Classifies everything that another version classified; tells how many announcements that were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int done;
        do
        {
            done = await transaction.ExecuteAsync(ClassifyBatchAsync, cancellationToken);
            total += done;
        }
        while (done == Batch);

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Interval;
            try
            {
                if (await RunAsync(stoppingToken) is var total and > 0)
                {
                    Log.Reclassified(logger, total, ProgramClassifier.Version);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The boundary of a pass: what it did not reach is there for the next one.
                Log.Failed(logger, exception);
                next = RetryInterval;
            }

            await Task.Delay(next, time, stoppingToken);
        }
    }

    private async Task<int> ClassifyBatchAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var programs = await context.Programs
            .FromSql($"select * from programs where classifier_version <> {ProgramClassifier.Version} order by id limit {Batch} for update skip locked")
            .ToListAsync(cancellationToken);
        var isMatchingTouched = false;
        foreach (var program in programs)
        {
            var wasMatched = program.IsMatched;
            isMatchingTouched |= program.Classify() && (wasMatched || program.IsMatched);
        }

        if (isMatchingTouched)
        {
            context.EvictTags(EvictionReasons.Reclassified, ConnectTags.Programs, ConnectTags.Matches);
            await context.SaveChangesAsync(cancellationToken);
            await context.RequestWarmingAsync(WarmingTrigger.Reclassification, time.GetUtcNow(), cancellationToken);
        }

        return programs.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Classified {Count} announcements by {Version}")]
        public static partial void Reclassified(ILogger logger, int count, string version);

        [LoggerMessage(2, LogLevel.Error, "Announcements could not be classified again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
