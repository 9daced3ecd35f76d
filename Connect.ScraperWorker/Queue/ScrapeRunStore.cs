using Connect.Caching.Generations;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Queue;

/// <summary>
/// The runs in <c>scrape_runs</c>, from the moment they are queued (<see cref="ScrapeQueue"/>) to their end: taken up, reported,
/// and ended. Only this class writes them in the worker, and only for the holder of the last fencing token.
/// </summary>
internal sealed partial class ScrapeRunStore(IServiceScopeFactory scopes, TimeProvider time, ILogger<ScrapeRunStore> logger)
{
    private const int MaxWords = 300;

    /// <summary>The boards with a run that is queued or under way.</summary>
    public async Task<IReadOnlyList<Agency>> FindWaitingBoardsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).ScrapeRuns
            .Where(run => run.Status == ScrapeStatus.Queued || run.Status == ScrapeStatus.Running)
            .Select(run => run.Agency).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>When the last successful run of each board ended; boards without one are left out.</summary>
    public async Task<IReadOnlyDictionary<Agency, DateTimeOffset?>> FindLastSuccessesAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).ScrapeRuns
            .Where(run => run.Status == ScrapeStatus.Succeeded)
            .GroupBy(run => run.Agency)
            .Select(runs => new { Agency = runs.Key, At = runs.Max(run => run.CompletedAt) })
            .ToDictionaryAsync(runs => runs.Agency, runs => runs.At, cancellationToken);
    }

    /// <summary>
    /// Marks the board's oldest waiting run as running; null when none waits. The board's lease has one holder, so a run that
    /// is running already has lost its instance, and comes first. A run that was taken up <paramref name="maxAttempts"/> times
    /// without an end is marked as failed instead.
    /// </summary>
    public async Task<RunLease?> TakeNextAsync(BoardLease board, int maxAttempts, CancellationToken cancellationToken)
    {
        var (now, agency) = (time.GetUtcNow(), board.Agency.ToString());
        await using (var giveUp = board.Command(
            """
            update scrape_runs set status = 'Failed', completed_at = $1, error = 'Given up after ' || attempts || ' attempts.'
            where agency = $2 and status = 'Running' and attempts >= $3
            """,
            now, agency, maxAttempts))
        {
            await giveUp.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = board.Command(
            """
            update scrape_runs set
                status = 'Running', started_at = $1, attempts = attempts + 1, progress_at = null, found = 0, not_modified = 0, failed = 0
            where id = (
                select id from scrape_runs where agency = $2 and status in ('Running', 'Queued')
                order by status desc, requested_at, id limit 1)
            returning id, attempts
            """,
            now, agency);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetGuid(0), board.Agency, reader.GetInt32(1)) : null;
    }

    /// <summary>
    /// Writes the run's progress on the lease's own connection: an answer proves that the lease is still held. While the run is
    /// being merged its row is locked, and is skipped.
    /// </summary>
    /// <returns>Whether the run is still this instance's.</returns>
    public async Task<bool> ReportAsync(BoardLease board, RunLease lease, ScrapeProgress progress, CancellationToken cancellationToken)
    {
        await using var command = board.Command(
            """
            with told as (
                update scrape_runs set progress_at = $3, found = $4, not_modified = $5, failed = $6
                where id = (
                    select id from scrape_runs where id = $1 and attempts = $2 and status = 'Running' for update skip locked))
            select exists (select from scrape_runs where id = $1 and attempts = $2)
            """,
            lease.RunId, lease.Attempt, time.GetUtcNow(), progress.Found, progress.NotModified, progress.Failed);

        // A timeout breaks the connection, and with it the lease: long enough for a server that is merely busy.
        command.CommandTimeout = 30;
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Marks a merged run as succeeded, in the transaction that merged it and checked its fencing token.</summary>
    public async Task CompleteAsync(
        ConnectDbContext context, RunLease lease, ScrapeProgress progress, MergeCounts counts, CancellationToken cancellationToken)
    {
        var run = await context.ScrapeRuns.SingleAsync(r => r.Id == lease.RunId, cancellationToken).ConfigureAwait(false);
        run.Status = ScrapeStatus.Succeeded;
        run.CompletedAt = time.GetUtcNow();
        (run.Found, run.NotModified, run.Failed) = (progress.Found, progress.NotModified, progress.Failed);
        run.RowErrors = Words(progress);
        (run.New, run.Changed, run.Unchanged) = (counts.New, counts.Changed, counts.Unchanged);
        (run.Vanished, run.Reposted) = (counts.Vanished, counts.Reposted);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends a run that was not merged; does nothing where another instance has taken it up.</summary>
    /// <param name="lease">The run.</param>
    /// <param name="status">Its end.</param>
    /// <param name="progress">What it has read.</param>
    /// <param name="reason">Why it was not merged.</param>
    /// <param name="page">The page that shows why; a page that cannot be stored does not hinder the end.</param>
    public async Task EndAsync(RunLease lease, ScrapeStatus status, ScrapeProgress progress, string reason, ScrapePage? page = null)
    {
        try
        {
            await EndWithAsync(lease, status, progress, reason, page);
        }
        catch (Exception exception) when (page is not null && !PrimaryDatabase.IsUnreachable(exception))
        {
            Log.PageRefused(logger, exception, lease.Agency, lease.RunId);
            await EndWithAsync(lease, status, progress, reason, page: null);
        }
    }

    private async Task EndWithAsync(RunLease lease, ScrapeStatus status, ScrapeProgress progress, string reason, ScrapePage? page)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            context.ChangeTracker.Clear();
            await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
            var ended = await context.ScrapeRuns
                .Where(run => run.Id == lease.RunId && run.Attempts == lease.Attempt && run.Status == ScrapeStatus.Running)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(run => run.Status, status)
                        .SetProperty(run => run.CompletedAt, time.GetUtcNow())
                        .SetProperty(run => run.Found, progress.Found)
                        .SetProperty(run => run.NotModified, progress.NotModified)
                        .SetProperty(run => run.Failed, progress.Failed)
                        .SetProperty(run => run.RowErrors, Words(progress))
                        .SetProperty(run => run.Error, Shorten(reason)),
                    CancellationToken.None);
            if (ended > 0 && page is not null)
            {
                context.ScrapePages.Add(page);
                await context.SaveChangesAsync(CancellationToken.None);
            }

            await transaction.CommitAsync(CancellationToken.None);
        });
    }

    /// <summary>The unreadable rows, as <c>row: reason</c>.</summary>
    private static List<string> Words(ScrapeProgress progress) =>
        [.. progress.Errors.Select(error => Shorten($"{error.Row}: {error.Reason}"))];

    /// <summary>
    /// At most 300 characters that can be stored: a message may quote a board's answer, and a reason that the database refuses
    /// would leave its run without an end.
    /// </summary>
    private static string Shorten(string text)
    {
        var cleaned = PlainText.Clean(text);
        if (cleaned.Length <= MaxWords)
        {
            return cleaned;
        }

        var length = char.IsHighSurrogate(cleaned[MaxWords - 2]) ? MaxWords - 2 : MaxWords - 1;
        return string.Concat(cleaned.AsSpan(0, length), "…");
    }

    private static ConnectDbContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<ConnectDbContext>();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Agency}: the page of run {RunId} cannot be kept")]
        public static partial void PageRefused(ILogger logger, Exception exception, Agency agency, Guid runId);
    }
}
