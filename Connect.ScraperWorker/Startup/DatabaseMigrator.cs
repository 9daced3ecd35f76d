using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Queue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Startup;

/// <summary>
/// Applies the migrations, which the worker alone owns, and queues a first run of every board while the database has no
/// programs. Retries once a second while Postgres is away.
/// </summary>
internal sealed partial class DatabaseMigrator(
    IServiceScopeFactory scopes, DatabaseReady ready, IEnumerable<IAnnouncementSource> sources, IOptions<QueueOptions> options,
    IConfiguration configuration, TimeProvider time, ILogger<DatabaseMigrator> logger) : BackgroundService
{
    private const long Lock = 0x434E43464C;
    private const long MigrationLock = 0x434E434D47;

    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);

    // Instances that start within this time ask for the first runs once.
    private static readonly TimeSpan StartTogether = TimeSpan.FromMinutes(10);

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
            catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
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

    // The API queues runs only for boards that the worker reads, and cannot see the worker's options. It shows on what evidence each layout
    // is believed to work, also of boards that are switched off.
    private async Task AnnounceBoardsAsync(ConnectDbContext context, CancellationToken cancellationToken)
    {
        var read = sources.Select(source => source.Agency).ToHashSet();
        var boards = Enum.GetValues<Agency>();
        var evidence = boards.Select(agency => CrawlRegistration.EvidenceOf(configuration, agency)).ToArray();
        await context.Database.ExecuteSqlAsync(
            $"""
            insert into boards (agency, enabled, announced_at, list_evidence, detail_evidence, evidence_seen)
            select agency, enabled, {time.GetUtcNow()}, list, detail, seen
            from unnest(
                {boards.Select(agency => agency.ToString()).ToArray()}, {boards.Select(read.Contains).ToArray()},
                {evidence.Select(found => found.List?.ToString()).ToArray()}, {evidence.Select(found => found.Detail?.ToString()).ToArray()},
                {evidence.Select(found => found.Seen.Length is > 0 and <= Board.MaxSeenLength ? found.Seen : null).ToArray()})
                b(agency, enabled, list, detail, seen)
            on conflict (agency) do update set enabled = excluded.enabled, announced_at = excluded.announced_at,
                list_evidence = excluded.list_evidence, detail_evidence = excluded.detail_evidence, evidence_seen = excluded.evidence_seen
            """,
            cancellationToken);
    }

    // Entity Framework releases its own lock between two migrations, so a second instance could apply one in between.
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
            // Without this, Entity Framework would find its history table missing by a failing query, and log that as an error.
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

    private async Task FillAsync(ConnectDbContext context, ScrapeQueue queue, CancellationToken cancellationToken)
    {
        // Instances start together: the first one queues the runs, and the others find them queued.
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            // A first run that has just ended may have left no program yet: the one of another instance that started with this one.
            var together = time.GetUtcNow() - StartTogether;
            var asked = await context.ScrapeRuns
                .Where(run => run.Status == ScrapeStatus.Queued || run.Status == ScrapeStatus.Running
                    || (run.Trigger == ScrapeTrigger.Startup && run.RequestedAt > together))
                .Select(run => run.Agency).Distinct().ToListAsync(cancellationToken);
            if (!await context.Programs.AnyAsync(cancellationToken))
            {
                await queue.EnqueueAsync(
                    sources.Select(source => source.Agency).Except(asked), ScrapeTrigger.Startup, cancellationToken);
            }
        }
        finally
        {
            await context.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Lock})", CancellationToken.None);
            await context.Database.CloseConnectionAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The database is up to date")]
        public static partial void Migrated(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The database cannot be reached yet: {Message}")]
        public static partial void DatabaseAway(ILogger logger, string message);
    }
}
