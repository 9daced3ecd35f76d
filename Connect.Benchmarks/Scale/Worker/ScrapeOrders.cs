using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>Asks for runs as an administrator does, and waits for what follows.</summary>
internal sealed class ScrapeOrders(CheckedPostgres postgres)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Has the board read, and waits until the warming behind it has ended. Tells the time from the run's start to its
    /// COMMIT, and from the COMMIT to the last ranking, waiting for others that ask for the same included.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something did not succeed, or not all of it.</exception>
    public async Task<(TimeSpan Scraping, TimeSpan UntilWarm)> RunAsync(int activeOrganizations)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var context = SeededSite.Open(postgres);
        var run = (await BoardRuns.RunAsync(context, [Agency.NTIS], Patience)).Single();
        if (run.Status != ScrapeStatus.Succeeded || run.New + run.Changed == 0)
        {
            throw new InvalidOperationException($"The run {run.Status} with {run.New} new and {run.Changed} changed programs. {run.Error}");
        }

        // The last statement before COMMIT.
        var committedAt = await context.Set<CacheGeneration>().AsNoTracking().Where(tag => tag.Tag == ConnectTags.Programs)
            .Select(tag => tag.BumpedAt).SingleAsync(patience.Token);
        CacheWarming? warming;
        while ((warming = await context.CacheWarmings.AsNoTracking().OrderByDescending(w => w.RequestedAt).FirstOrDefaultAsync(patience.Token))?.CompletedAt is null
            || warming.RequestedAt < run.StartedAt)
        {
            await Task.Delay(Interval, patience.Token);
        }

        return warming is { Status: WarmingStatus.Completed } && warming.Warmed == activeOrganizations
            ? (committedAt - run.StartedAt!.Value, warming.CompletedAt!.Value - committedAt)
            : throw new InvalidOperationException(
                $"The warming {warming.Status}: {warming.Warmed} of {activeOrganizations} warmed, {warming.Skipped} there, {warming.Failed} failed. {warming.Error}");
    }
}
