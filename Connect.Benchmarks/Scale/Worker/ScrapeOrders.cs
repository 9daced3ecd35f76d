using Connect.Benchmarks.Serving;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Programs;
using Connect.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace Connect.Benchmarks.Scale.Worker;

/// <summary>A run and the warming that it asked for, by the clock of this machine.</summary>
internal sealed record ScrapedAndWarmed(ScrapeRun Run, DateTimeOffset CommittedAt, CacheWarming Warming)
{
    /// <summary>From the run's start to its COMMIT.</summary>
    public TimeSpan Scraping => CommittedAt - Run.StartedAt!.Value;

    /// <summary>From the COMMIT to the last ranking; waiting for others that ask for the same is part of it.</summary>
    public TimeSpan UntilWarm => Warming.CompletedAt!.Value - CommittedAt;
}

/// <summary>Queues runs as an administrator does, and waits for their warmings.</summary>
internal sealed class ScrapeOrders(CheckedPostgres postgres)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Has the board read, and waits until the warming behind it has ended.</summary>
    /// <exception cref="InvalidOperationException">Something did not succeed, or not all of it.</exception>
    public async Task<ScrapedAndWarmed> RunAsync(int activeOrganizations)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var context = SeededSite.Open(postgres);
        var id = (await new ScrapeQueue(context, TimeProvider.System).EnqueueAsync([Agency.NTIS], ScrapeTrigger.Administrator, patience.Token)).Single();
        ScrapeRun run;
        while ((run = await context.ScrapeRuns.AsNoTracking().SingleAsync(r => r.Id == id, patience.Token)).CompletedAt is null)
        {
            await Task.Delay(Interval, patience.Token);
        }

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
            ? new(run, committedAt, warming)
            : throw new InvalidOperationException(
                $"The warming {warming.Status}: {warming.Warmed} of {activeOrganizations} warmed, {warming.Skipped} there, {warming.Failed} failed. {warming.Error}");
    }
}
