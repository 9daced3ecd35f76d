using Connect.Api.Idempotency;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;

namespace Connect.Api.Scrapes;

/// <summary>What became of asking for runs.</summary>
/// <param name="RunIds">Their ids.</param>
/// <param name="Refusal">Why there are none.</param>
internal sealed record EnqueuedRuns(IReadOnlyList<Guid> RunIds, string? Refusal);

/// <summary>Asks for runs in an administrator's name, of boards that a worker reads.</summary>
internal static class ScrapeOrders
{
    /// <summary>Queues a run of one board, or of all.</summary>
    public static async Task<Written<EnqueuedRuns>> EnqueueAsync(ScrapeQueue requests, Agency? asked, CancellationToken cancellationToken)
    {
        var boards = await requests.FindBoardsAsync(cancellationToken);
        if (asked is { } board && !boards.Contains(board))
        {
            return new(new([], $"No worker reads the board of {board}"), []);
        }

        if (boards.Count == 0)
        {
            return new(new([], "No worker reads any board"), []);
        }

        IReadOnlyList<Agency> agencies = asked is { } agency ? [agency] : boards;
        var ids = await requests.EnqueueAsync(agencies, ScrapeTrigger.Administrator, cancellationToken);
        return new(new(ids, null), ids);
    }
}
