using Connect.Core.Data;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>
/// Applies the migrations, whose only owner the worker is, and asks for a first run of every board where there
/// are no announcements yet. Goes on trying while Postgres is away.
/// </summary>
internal sealed partial class DatabaseMigrator(
    IServiceScopeFactory scopes, DatabaseReady ready, IEnumerable<IAnnouncementSource> sources, IOptions<ScheduleOptions> options,
    TimeProvider time, ILogger<DatabaseMigrator> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MigrateAsync(stoppingToken);
                ready.Set();
                Log.Migrated(logger);
                return;
            }
            catch (Exception exception) when (TruthFailures.IsUnreachable(exception))
            {
                Log.DatabaseAway(logger, exception.Message);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        await context.Database.MigrateAsync(cancellationToken);
        if (options.Value.ScrapeWhenEmpty && !await context.Programs.AnyAsync(cancellationToken))
        {
            var agencies = await WithoutRunsAsync(context, cancellationToken);
            await scope.ServiceProvider.GetRequiredService<ScrapeRequests>()
                .EnqueueAsync(agencies, ScrapeTrigger.Startup, cancellationToken);
        }
    }

    // A second worker that starts now must not ask for the same once more.
    private async Task<IEnumerable<Agency>> WithoutRunsAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var asked = await context.ScrapeRuns
            .Where(run => run.Status == ScrapeStatus.Queued || run.Status == ScrapeStatus.Running)
            .Select(run => run.Agency).Distinct().ToListAsync(cancellationToken);
        return sources.Select(source => source.Agency).Except(asked);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The database is up to date")]
        public static partial void Migrated(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The database cannot be reached yet: {Message}")]
        public static partial void DatabaseAway(ILogger logger, string message);
    }
}
