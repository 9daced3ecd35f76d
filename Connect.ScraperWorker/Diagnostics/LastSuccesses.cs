using Connect.Caching.Generations;
using Connect.ScraperWorker.Queue;
using Connect.ScraperWorker.Startup;

namespace Connect.ScraperWorker.Diagnostics;

/// <summary>
/// Reads once a minute when each board's last successful run ended, for the gauge of <see cref="ScraperMetrics"/>: it must
/// survive a restart, and include the runs of other instances.
/// </summary>
internal sealed partial class LastSuccesses(
    ScraperMetrics metrics, ScrapeRunStore runs, DatabaseReady ready, TimeProvider time, ILogger<LastSuccesses> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var found = await runs.FindLastSuccessesAsync(cancellationToken);
        foreach (var agency in metrics.Agencies)
        {
            metrics.Succeeded(agency, found.GetValueOrDefault(agency));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception) && !stoppingToken.IsCancellationRequested)
            {
                // The known times stay; the next tick reads again.
                Log.Away(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The last successful runs cannot be read now: {Message}")]
        public static partial void Away(ILogger logger, string message);
    }
}
