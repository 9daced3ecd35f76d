using Connect.Domain.Programs;

namespace Connect.Data.Scraping;

/// <summary>The queue of runs. Any instance may add one; workers carry them out, one per board at a time.</summary>
public sealed class ScrapeQueue(ConnectDbContext context, TimeProvider time)
{
    /// <summary>Queues one run per agency and saves.</summary>
    /// <returns>The runs' ids, in the order of the agencies.</returns>
    public async Task<IReadOnlyList<Guid>> EnqueueAsync(
        IEnumerable<Agency> agencies, ScrapeTrigger trigger, CancellationToken cancellationToken)
    {
        var runs = agencies
            .Select(agency => new ScrapeRun
            {
                Agency = agency,
                Trigger = trigger,
                Status = ScrapeStatus.Queued,
                RequestedAt = time.GetUtcNow(),
            })
            .ToList();
        context.ScrapeRuns.AddRange(runs);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return [.. runs.Select(run => run.Id)];
    }

    /// <summary>Queues a run of one board, or of all that a worker reads, in an administrator's name.</summary>
    /// <param name="asked">The board's agency; null for all. A board that no worker reads is refused.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<EnqueuedRuns> EnqueueForAdministratorAsync(Agency? asked, CancellationToken cancellationToken)
    {
        var boards = await FindBoardsAsync(cancellationToken).ConfigureAwait(false);
        if (asked is { } board && !boards.Contains(board))
        {
            return new([], $"No worker reads the board of {board}");
        }

        if (boards.Count == 0)
        {
            return new([], "No worker reads any board");
        }

        IReadOnlyList<Agency> agencies = asked is { } agency ? [agency] : boards;
        return new(await EnqueueAsync(agencies, ScrapeTrigger.Administrator, cancellationToken).ConfigureAwait(false), null);
    }

    /// <summary>The boards that workers read; all boards until the first worker has stored its configuration.</summary>
    public async Task<IReadOnlyList<Agency>> FindBoardsAsync(CancellationToken cancellationToken)
    {
        var boards = await context.Boards.AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return boards.Count == 0
            ? Enum.GetValues<Agency>()
            : [.. boards.Where(board => board.Enabled).Select(board => board.Agency).Order()];
    }
}
