using Connect.Core.Data;
using Connect.Core.Programs;

namespace Connect.Core.Scraping;

/// <summary>Asks for runs. Any process may ask; a worker carries them out, one per board at a time.</summary>
public sealed class ScrapeRequests(ConnectDbContext context, TimeProvider time)
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
}
