using System.Collections.Immutable;
using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Instances;
using Connect.Domain.Programs;

namespace Connect.Data.Operations;

/// <summary>Reads the view of the operations page from the database, where every instance writes what it does.</summary>
internal sealed class OperationsReader(CacheInstances instances, IDbContextFactory<FailFastDbContext> contexts, TimeProvider time)
{
    private const int MostEvictions = 40;
    private const int MostOrganizationEvictions = 10;
    private const int MostScrapes = 20;
    private const int MostChanges = 20;
    private const int MostWarmings = 5;
    private const int MostConflicts = 20;
    private const int MostUnsure = 20;

    private static readonly TimeSpan HistoryLength = TimeSpan.FromHours(1);

    /// <summary>Reads everything.</summary>
    /// <param name="last">The last view, returned for data that cannot be read now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OperationsView> ReadAsync(OperationsView? last, CancellationToken cancellationToken)
    {
        var live = await instances.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (live.IsComplete)
        {
            try
            {
                return await ReadAsync(live, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception) && !cancellationToken.IsCancellationRequested)
            {
                // The database became unreachable between two queries.
            }
        }

        return last is { } known
            ? known with { IsComplete = false }
            : new OperationsView(
                time.GetUtcNow(), IsComplete: false, live.Instances, SumOf(live), History: [], Evictions: [], Scrapes: [], Changes: [], Warmings: [], Conflicts: [], Unsure: [],
                Pages: [], Boards: []);
    }

    private async Task<OperationsView> ReadAsync(LiveInstances live, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var scrapes = await context.ScrapeRuns.OrderByDescending(run => run.Id).Take(MostScrapes).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new OperationsView(
            now, IsComplete: true, live.Instances, SumOf(live),
            await HistoryAsync(context, now - HistoryLength, cancellationToken).ConfigureAwait(false),
            await EvictionsAsync(context, cancellationToken).ConfigureAwait(false),
            [.. scrapes],
            await ChangesAsync(context, cancellationToken).ConfigureAwait(false),
            [.. await context.CacheWarmings.OrderByDescending(w => w.Id).Take(MostWarmings).ToListAsync(cancellationToken).ConfigureAwait(false)],
            await ConflictsAsync(context, cancellationToken).ConfigureAwait(false),
            await UnsureAsync(context, cancellationToken).ConfigureAwait(false),
            await PagesAsync(context, scrapes, cancellationToken).ConfigureAwait(false),
            [.. (await context.Boards.ToListAsync(cancellationToken).ConfigureAwait(false)).OrderBy(board => board.Agency)]);
    }

    private static CacheSnapshot SumOf(LiveInstances live) => CacheSnapshot.SumOf([.. live.Instances.Select(instance => instance.Totals)]);

    private static async Task<ImmutableArray<CacheMinute>> HistoryAsync(
        FailFastDbContext context, DateTimeOffset since, CancellationToken cancellationToken) =>
        [.. await context.CacheMinutes.Where(minute => minute.Minute > since).OrderBy(minute => minute.Minute).ThenBy(minute => minute.Layer)
            .ToListAsync(cancellationToken).ConfigureAwait(false)];

    private static async Task<ImmutableArray<EvictionEvent>> EvictionsAsync(FailFastDbContext context, CancellationToken cancellationToken)
    {
        var newest = context.CacheEvictions.OrderByDescending(eviction => eviction.Id);
        var ofAll = newest.Where(eviction => !eviction.Tags[0].StartsWith("org:")).Take(MostEvictions);
        var ofOne = newest.Where(eviction => eviction.Tags[0].StartsWith("org:")).Take(MostOrganizationEvictions);
        var rows = await (
                from eviction in ofAll.Concat(ofOne)
                join run in context.ScrapeRuns on eviction.CauseId equals run.Id into runs
                from run in runs.DefaultIfEmpty()
                orderby eviction.Id descending
                select new { Eviction = eviction, Agency = run == null ? null : (Agency?)run.Agency })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new EvictionEvent(
                row.Eviction.Id, row.Eviction.At, [.. row.Eviction.Tags.Select(CacheTags.TagOf).Distinct()], row.Eviction.Reason,
                row.Eviction.CauseId, row.Agency)),
        ];
    }

    private static async Task<ImmutableArray<CorrectionConflict>> ConflictsAsync(FailFastDbContext context, CancellationToken cancellationToken)
    {
        var latest = await context.ProgramCorrections.Where(one => one.ConflictAt != null).OrderByDescending(one => one.ConflictAt).Take(MostConflicts)
            .Join(
                context.Programs, one => one.ProgramId, program => program.Id,
                (one, program) => new CorrectionConflict(
                    one.ConflictAt!.Value, program.Id, program.Title, program.Agency, one.Field, one.Value, one.BoardValue))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. latest.OrderByDescending(one => one.At).ThenBy(one => one.ProgramId).ThenBy(one => one.Field)];
    }

    private static async Task<ImmutableArray<UnsureProgram>> UnsureAsync(FailFastDbContext context, CancellationToken cancellationToken) =>
        [.. await context.Programs.Where(program => program.Kind == ProgramKind.Unsure && program.Status == ProgramStatus.Active)
            .OrderByDescending(program => program.Id).Take(MostUnsure)
            .Select(program => new UnsureProgram(program.CreatedAt, program.Id, program.Title, program.Agency))
            .ToListAsync(cancellationToken).ConfigureAwait(false)];

    private static async Task<ImmutableArray<SuspiciousPage>> PagesAsync(
        FailFastDbContext context, List<ScrapeRun> scrapes, CancellationToken cancellationToken)
    {
        var suspicious = scrapes.FindAll(run => run.Status == ScrapeStatus.Suspicious).ConvertAll(run => run.Id);
        return suspicious.Count == 0
            ? []
            : [.. await context.ScrapePages.Where(page => suspicious.Contains(page.RunId))
                .Select(page => new SuspiciousPage(page.RunId, page.Reason, page.Address, page.Findings))
                .ToListAsync(cancellationToken).ConfigureAwait(false)];
    }

    private static async Task<ImmutableArray<ProgramEvent>> ChangesAsync(FailFastDbContext context, CancellationToken cancellationToken)
    {
        var added = await context.Programs.OrderByDescending(program => program.Id).Take(MostChanges)
            .Select(program => new ProgramEvent(program.CreatedAt, program.Id, program.Title, program.Agency, null, null))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var changed = await context.ProgramChanges.OrderByDescending(change => change.Id).Take(MostChanges)
            .Join(
                context.Programs, change => change.ProgramId, program => program.Id,
                (change, program) => new ProgramEvent(change.ChangedAt, program.Id, program.Title, program.Agency, change.Kind, change.RunId))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. added.Concat(changed).OrderByDescending(change => change.At).Take(MostChanges)];
    }
}
