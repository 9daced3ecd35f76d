using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Startup;

/// <summary>
/// Applies the migrations, whose only owner the worker is, and asks for a first run of every board where there
/// are no announcements yet. Goes on trying while Postgres is away.
/// </summary>
internal sealed partial class DatabaseMigrator(
    IServiceScopeFactory scopes, DatabaseReady ready, IEnumerable<IAnnouncementSource> sources, IOptions<ScheduleOptions> options,
    TimeProvider time, ILogger<DatabaseMigrator> logger) : BackgroundService
{
    private const long Lock = 0x434E43464C;
    private const long MigrationLock = 0x434E434D47;

    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);

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
            catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
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
        await MigrateAloneAsync(context, cancellationToken);
        await AnnounceBoardsAsync(context, cancellationToken);
        if (options.Value.ScrapeWhenEmpty)
        {
            await FillAsync(context, scope.ServiceProvider.GetRequiredService<ScrapeQueue>(), cancellationToken);
        }
    }

    // The API queues runs for the boards that some worker reads, and cannot see a worker's options.
    private async Task AnnounceBoardsAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var read = sources.Select(source => source.Agency).ToHashSet();
        var boards = Enum.GetValues<Agency>();
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into boards (agency, enabled, announced_at)
            select agency, enabled, {time.GetUtcNow()}
            from unnest({boards.Select(agency => agency.ToString()).ToArray()}, {boards.Select(read.Contains).ToArray()}) b(agency, enabled)
            on conflict (agency) do update set enabled = excluded.enabled, announced_at = excluded.announced_at
            """,
            cancellationToken);
    }

    // Entity Framework's own lock is given up between two migrations, and what a second worker did there is not seen.
    private static async Task MigrateAloneAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var creator = context.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            await creator.CreateAsync(cancellationToken);
        }

        context.Database.SetCommandTimeout(MigrationTimeout);
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"select pg_advisory_lock({MigrationLock})", cancellationToken);
        try
        {
            // Entity Framework finds out that its table is missing by a query that fails, and logs that as an error.
            await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
            var unknown = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(context.Database.GetMigrations()).ToList();
            if (unknown.Count > 0)
            {
                throw new InvalidOperationException(
                    $"The database was made by another version of Connect ({string.Join(", ", unknown)}): use that version, or an empty database.");
            }

            await context.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await context.Database.ExecuteSqlAsync($"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
            await context.Database.CloseConnectionAsync();
        }
    }

    private async Task FillAsync(ConnectDbContext context, ScrapeQueue requests, CancellationToken cancellationToken)
    {
        // Workers start together: one asks, the others find what it asked for.
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            if (!await context.Programs.AnyAsync(cancellationToken))
            {
                await requests.EnqueueAsync(await WithoutRunsAsync(context, cancellationToken), ScrapeTrigger.Startup, cancellationToken);
            }
        }
        finally
        {
            await context.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Lock})", CancellationToken.None);
            await context.Database.CloseConnectionAsync();
        }
    }

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
