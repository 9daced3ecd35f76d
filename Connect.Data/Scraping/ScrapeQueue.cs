using System.Data;
using Connect.Domain.Programs;

namespace Connect.Data.Scraping;

/// <summary>
/// The queue of runs. Any instance may ask for one; workers carry them out, one per board at a time. A board has at most one run that
/// waits: a second one would read the same pages right after the first. A run that is under way may have read them already, so it is
/// not joined.
/// </summary>
public sealed class ScrapeQueue(ConnectDbContext context, TimeProvider time)
{
    // Until the transaction ends, so that two that ask at once see each other's runs.
    private const string Lock = "select pg_advisory_xact_lock(4409926)";

    /// <summary>Queues one run per agency that has none waiting, and saves; nothing else in the context is saved with it.</summary>
    /// <returns>The ids of the runs that wait now, in the order of the agencies.</returns>
    public async Task<IReadOnlyList<Guid>> EnqueueAsync(
        IEnumerable<Agency> agencies, ScrapeTrigger trigger, CancellationToken cancellationToken) =>
        (await JoinOrQueueAsync([.. agencies], trigger, cancellationToken).ConfigureAwait(false)).RunIds;

    /// <summary>
    /// Queues a run of one board, or of all that a worker reads, in an administrator's name, or joins those that wait.
    /// </summary>
    /// <param name="asked">The board's agency; null for all. A board that no worker reads is refused.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<EnqueuedRuns> EnqueueForAdministratorAsync(Agency? asked, CancellationToken cancellationToken)
    {
        var boards = await FindBoardsAsync(cancellationToken).ConfigureAwait(false);
        if (asked is { } board && !boards.Contains(board))
        {
            return new([], 0, $"No worker reads the board of {board}");
        }

        if (boards.Count == 0)
        {
            return new([], 0, "No worker reads any board");
        }

        IReadOnlyList<Agency> agencies = asked is { } agency ? [agency] : boards;
        return await JoinOrQueueAsync(agencies, ScrapeTrigger.Administrator, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The boards that workers read; all boards until the first worker has stored its configuration.</summary>
    public async Task<IReadOnlyList<Agency>> FindBoardsAsync(CancellationToken cancellationToken)
    {
        var boards = await context.Boards.AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return boards.Count == 0
            ? Enum.GetValues<Agency>()
            : [.. boards.Where(board => board.Enabled).Select(board => board.Agency).Order()];
    }

    private async Task<EnqueuedRuns> JoinOrQueueAsync(IReadOnlyList<Agency> agencies, ScrapeTrigger trigger, CancellationToken cancellationToken)
    {
        if (context.Database.CurrentTransaction is not null)
        {
            return await JoinOrAddAsync(agencies, trigger, cancellationToken).ConfigureAwait(false);
        }

        return await context.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                // Where an attempt committed and its answer was lost, the next one joins the runs that it left.
                context.ChangeTracker.Clear();
                await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, token).ConfigureAwait(false);
                var runs = await JoinOrAddAsync(agencies, trigger, token).ConfigureAwait(false);
                await transaction.CommitAsync(token).ConfigureAwait(false);
                return runs;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<EnqueuedRuns> JoinOrAddAsync(IReadOnlyList<Agency> agencies, ScrapeTrigger trigger, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync(Lock, cancellationToken).ConfigureAwait(false);
        var waiting = await context.ScrapeRuns.AsNoTracking()
            .Where(run => run.Status == ScrapeStatus.Queued && agencies.Contains(run.Agency))
            .OrderBy(run => run.RequestedAt).ThenBy(run => run.Id)
            .Select(run => new { run.Agency, run.Id })
            .ToListAsync(cancellationToken).ConfigureAwait(false);

        // The first one is taken up first. There may be several from a version that did not join.
        var ids = waiting.DistinctBy(run => run.Agency).ToDictionary(run => run.Agency, run => run.Id);
        var added = agencies.Distinct().Where(agency => !ids.ContainsKey(agency)).Select(agency => new ScrapeRun
        {
            Agency = agency,
            Trigger = trigger,
            Status = ScrapeStatus.Queued,
            RequestedAt = time.GetUtcNow(),
        }).ToList();
        context.ScrapeRuns.AddRange(added);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var run in added)
        {
            ids.Add(run.Agency, run.Id);
        }

        return new([.. agencies.Select(agency => ids[agency])], added.Count);
    }
}
