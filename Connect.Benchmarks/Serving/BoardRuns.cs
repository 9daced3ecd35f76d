using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Serving;

/// <summary>Asks a worker for runs as an administrator does.</summary>
internal static class BoardRuns
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Has each board read once, and waits for the ends of the runs.</summary>
    /// <returns>The runs, in the order of agencies; those that have not ended in time as they stand.</returns>
    public static async Task<List<ScrapeRun>> RunAsync(ConnectDbContext context, IEnumerable<Agency> agencies, TimeSpan patience)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var ids = await new ScrapeQueue(context, TimeProvider.System)
            .EnqueueAsync(agencies, ScrapeTrigger.Administrator, CancellationToken.None);
        while (true)
        {
            await Task.Delay(Look);
            var runs = await context.ScrapeRuns.AsNoTracking().Where(run => ids.Contains(run.Id)).OrderBy(run => run.Agency).ToListAsync();
            if (runs.TrueForAll(run => run.CompletedAt is not null) || Stopwatch.GetElapsedTime(startedAt) > patience)
            {
                return runs;
            }
        }
    }
}
