using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.ScraperWorker.Startup;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Diagnostics;

/// <summary>
/// Reads once a minute when each board was last read with success: a restart must not forget it, and other workers' runs
/// count as well.
/// </summary>
internal sealed partial class LastSuccesses(
    ScraperMetrics metrics, DatabaseReady ready, IServiceScopeFactory scopes, TimeProvider time, ILogger<LastSuccesses> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Reads once.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        var found = await context.ScrapeRuns
            .Where(run => run.Status == ScrapeStatus.Succeeded)
            .GroupBy(run => run.Agency)
            .Select(runs => new { Agency = runs.Key, At = runs.Max(run => run.CompletedAt) })
            .ToDictionaryAsync(runs => runs.Agency, runs => runs.At, cancellationToken);
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
            catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception) && !stoppingToken.IsCancellationRequested)
            {
                // What is known stays true; in a minute it is asked again.
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
