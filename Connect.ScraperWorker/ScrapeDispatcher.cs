using Connect.Caching.Generations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Startup;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker;

/// <summary>
/// The first half of a run's way, from the queue to the lease: polls the queue, takes the lease of each board that has a run, and
/// hands its runs to <see cref="ScrapeRunner"/>, one per board at a time over all instances. A lease ends with its instance's
/// connection, so a run whose instance died is taken up by the next one.
/// </summary>
internal sealed partial class ScrapeDispatcher(
    PrimaryDatabase database, ScrapeRunStore runs, ScrapeRunner runner, DatabaseReady ready, IOptions<QueueOptions> options,
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
            // The worker stops; the runs under way see the same token.
        }

        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartQueuedAsync(CancellationToken stoppingToken)
    {
        try
        {
            var waiting = await runs.FindWaitingBoardsAsync(stoppingToken);
            foreach (var agency in waiting.Where(agency => !_running.TryGetValue(agency, out var task) || task.IsCompleted))
            {
                _running[agency] = RunBoardAsync(agency, stoppingToken);
            }
        }
        catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
        {
            Log.DatabaseAway(logger, exception.Message);
        }
    }

    private async Task RunBoardAsync(Agency agency, CancellationToken stoppingToken)
    {
        // Leave the loop at once: taking a lease waits for the database.
        await Task.Yield();
        try
        {
            await using var board = await BoardLease.TryTakeAsync(database.CreateUnpooled("connect-board"), agency, stoppingToken);
            while (board is not null && await runs.TakeNextAsync(board, options.Value.MaxAttempts, stoppingToken) is { } lease)
            {
                await RunAsync(board, lease, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The worker stops, or the lease is lost: the next instance takes up the run.
        }
        catch (Exception exception)
        {
            // The boundary of a board: the next poll tries again.
            Log.BoardFailed(logger, exception, agency);
        }
    }

    /// <summary>Carries out a run while its lease is held, and reports its progress meanwhile.</summary>
    private async Task RunAsync(BoardLease board, RunLease lease, CancellationToken stoppingToken)
    {
        var progress = new ScrapeProgress();
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var reporting = ReportAsync(board, lease, progress, lost, ended.Token);
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
        BoardLease board, RunLease lease, ScrapeProgress progress, CancellationTokenSource lost, CancellationToken ended)
    {
        try
        {
            using var timer = new PeriodicTimer(ReportInterval, time);
            while (await timer.WaitForNextTickAsync(ended))
            {
                // Not cancelled with the run: a command that is cancelled halfway would break the lease's connection.
                if (!await runs.ReportAsync(board, lease, progress, CancellationToken.None))
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
            // Any failure: a run must not go on without proof of its lease. Its transaction checks the fencing token anyway.
            Log.LeaseLost(logger, exception, lease.Agency, lease.RunId);
            await lost.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The queue cannot be read: {Message}")]
        public static partial void DatabaseAway(ILogger logger, string message);

        [LoggerMessage(2, LogLevel.Error, "The runs of {Agency} stopped")]
        public static partial void BoardFailed(ILogger logger, Exception exception, Agency agency);

        [LoggerMessage(3, LogLevel.Warning, "{Agency}: the lease is lost, run {RunId} is left to the next worker")]
        public static partial void LeaseLost(ILogger logger, Exception exception, Agency agency, Guid runId);
    }
}
