using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker;

/// <summary>
/// Carries out queued runs, one per board at a time over all workers. The right to a board is a session lock in
/// Postgres, so it is free the moment its owner dies; a run that is found running without an owner is done again.
/// </summary>
internal sealed partial class ScrapeDispatcher(
    IServiceScopeFactory scopes, PrimaryDatabase database, ScrapeRunner runner, DatabaseReady ready, IOptions<ScheduleOptions> options,
    TimeProvider time, ILogger<ScrapeDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Agency, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ready.WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(options.Value.QueuePollInterval, time);
            do
            {
                await StartQueuedAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping. The runs under way see the same token.
        }

        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartQueuedAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
            var waiting = await context.ScrapeRuns
                .Where(run => run.Status == ScrapeStatus.Queued || run.Status == ScrapeStatus.Running)
                .Select(run => run.Agency).Distinct().ToListAsync(stoppingToken);
            foreach (var agency in waiting.Where(agency => !_running.TryGetValue(agency, out var task) || task.IsCompleted))
            {
                _running[agency] = RunBoardAsync(agency, stoppingToken);
            }
        }
        catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
        {
            Log.DatabaseAway(logger, exception.Message);
        }
    }

    private async Task RunBoardAsync(Agency agency, CancellationToken stoppingToken)
    {
        // Leave the loop at once: claiming waits for the database.
        await Task.Yield();
        try
        {
            await using var claim = await BoardLease.TryTakeAsync(database.CreateUnpooled("connect-board"), agency, stoppingToken);
            while (claim is not null && await claim.NextRunAsync(time.GetUtcNow(), options.Value.MaxAttempts, stoppingToken) is { } lease)
            {
                await RunAsync(claim, lease, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the claim is lost: the run is taken up by the next worker.
        }
        catch (Exception exception)
        {
            // The boundary of a board: the next poll tries again.
            Log.BoardFailed(logger, exception, agency);
        }
    }

    /// <summary>Carries out a run for as long as its claim is held, and reports meanwhile how far it is.</summary>
    private async Task RunAsync(BoardLease claim, RunLease lease, CancellationToken stoppingToken)
    {
        var progress = new ScrapeProgress();
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var reporting = ReportAsync(claim, lease, progress, lost, ended.Token);
        try
        {
            await runner.RunAsync(lease, progress, lost.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await reporting;
        }
    }

    private async Task ReportAsync(
        BoardLease claim, RunLease lease, ScrapeProgress progress, CancellationTokenSource lost, CancellationToken ended)
    {
        try
        {
            using var timer = new PeriodicTimer(ReportInterval, time);
            while (await timer.WaitForNextTickAsync(ended))
            {
                // Not cut off by the run's end: a command that is cancelled halfway would break the claim.
                if (!await claim.ReportAsync(lease, progress, time.GetUtcNow(), CancellationToken.None))
                {
                    throw new LeaseLostException(lease.RunId);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        catch (Exception exception)
        {
            // Whatever it was: without proof of the claim the run must not go on. The fence in its transaction holds anyway.
            Log.ClaimLost(logger, exception, lease.Agency, lease.RunId);
            await lost.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The queue cannot be read: {Message}")]
        public static partial void DatabaseAway(ILogger logger, string message);

        [LoggerMessage(2, LogLevel.Error, "The runs of {Agency} stopped")]
        public static partial void BoardFailed(ILogger logger, Exception exception, Agency agency);

        [LoggerMessage(3, LogLevel.Warning, "{Agency}: the claim is lost, run {RunId} is left to the next worker")]
        public static partial void ClaimLost(ILogger logger, Exception exception, Agency agency, Guid runId);
    }
}
