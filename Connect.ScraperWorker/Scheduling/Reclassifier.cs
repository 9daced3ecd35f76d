using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.Domain.Classification;
using Connect.Domain.Series;
using Connect.ScraperWorker.Startup;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>
/// Classifies programs again that another version classified: a run does not write unchanged programs, so they would
/// keep the old classification. Runs at the start, and hourly for rows that an older instance has written since.
/// Instances share the rows; a batch that changes no program that rankings may contain evicts nothing.
/// </summary>
internal sealed partial class Reclassifier(
    CacheTransaction<ConnectDbContext> transaction, DatabaseReady ready, TimeProvider time, ILogger<Reclassifier> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Shorter than the interval: until a pass ends, rankings use the old classification.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    /// <summary>Classifies all programs of other versions.</summary>
    /// <returns>The number of programs.</returns>
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

    /// <summary>
    /// Computes the series keys of programs that have none of the present rules, and of those that an older release has changed without
    /// it. No cached value contains a key, so nothing is evicted.
    /// </summary>
    /// <returns>The number of programs.</returns>
    public async Task<int> FillSeriesAsync(CancellationToken cancellationToken)
    {
        var total = await transaction.ExecuteAsync((context, token) => SeriesKeys.RenewChangedAsync(context, time.GetUtcNow(), token), cancellationToken);
        int done;
        do
        {
            done = await transaction.ExecuteAsync(SeriesKeys.FillBatchAsync, cancellationToken);
            total += done;
        }
        while (done == SeriesKeys.Batch);

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

                if (await FillSeriesAsync(stoppingToken) is var keys and > 0)
                {
                    Log.SeriesFilled(logger, keys, SeriesKey.Version);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The boundary of a pass: the next one takes the remaining programs.
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
        var ids = programs.ConvertAll(program => program.Id);
        var corrections = (await context.ProgramCorrections.Where(one => ids.Contains(one.ProgramId)).ToListAsync(cancellationToken))
            .Where(one => one.Field.IsClassified()).ToLookup(one => one.ProgramId);
        var reach = ProgramReach.None;
        foreach (var program in programs)
        {
            var (before, wasMatched) = (program.GetClassified(), program.IsMatched);
            program.Classify();
            program.Apply(corrections[program.Id], rulesChanged: true, time.GetUtcNow());
            if (before != program.GetClassified())
            {
                reach = reach.With(ProgramEvictions.ReachOf(wasMatched || program.IsMatched));
            }
        }

        context.EvictPrograms(reach, EvictionReasons.Reclassified);
        if (reach == ProgramReach.Rankings)
        {
            await context.RequestWarmingAsync(WarmingTrigger.Reclassification, time.GetUtcNow(), cancellationToken);
        }

        return programs.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Classified {Count} programs by {Version}")]
        public static partial void Reclassified(ILogger logger, int count, string version);

        [LoggerMessage(2, LogLevel.Error, "Programs could not be classified again")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Information, "Computed the series of {Count} programs by rules {Version}")]
        public static partial void SeriesFilled(ILogger logger, int count, string version);
    }
}
