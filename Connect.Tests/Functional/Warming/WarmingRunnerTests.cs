using System.Diagnostics.Metrics;
using Connect.Caching;
using Connect.Caching.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Data.Warming;
using Connect.ScraperWorker.Startup;
using Connect.ScraperWorker.Warming;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Tests.Functional.Warming;

/// <summary>How warmings are queued, taken up and ended.</summary>
public sealed class WarmingRunnerTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Warming_tells_what_it_did_in_its_row_and_on_the_meter()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        await harness.AddProgramAsync("인공지능 기술개발 공고");
        for (var organization = 0; organization < 5; organization++)
        {
            await harness.AddOrganizationAsync(minutesAgo: organization);
        }

        var worker = await harness.StartWorkerAsync(options => options.BatchSize = 2);
        using var organizations = new MetricCollector<long>(
            worker.Get<IMeterFactory>(), CacheTelemetry.MeterName, ConnectTelemetry.Warming.Organizations);
        using var duration = new MetricCollector<double>(
            worker.Get<IMeterFactory>(), CacheTelemetry.MeterName, ConnectTelemetry.Warming.Duration);

        await harness.RequestAsync();
        var first = await harness.RunNextAsync(worker);
        await TestInstance.EventuallyAsync(() => harness.Redis.Entries.Count == 6);
        await harness.RequestAsync(WarmingTrigger.Scrape);
        var second = await harness.RunNextAsync(worker);

        Assert.Equal((WarmingStatus.Completed, 5, 5, 0, 0), (first.Status, first.Organizations, first.Warmed, first.Skipped, first.Failed));
        Assert.Equal((WarmingStatus.Completed, 5, 0, 5, 0), (second.Status, second.Organizations, second.Warmed, second.Skipped, second.Failed));
        Assert.True(first.Queries > second.Queries);
        Assert.NotNull(first.CompletedAt);
        Assert.Null(first.Error);
        Assert.Equal(
            [("skipped", 5L), ("warmed", 5)],
            organizations.ReadCounted().Select(m => ((string)m.Tags["outcome"]!, m.Value)).Order());
        Assert.Equal(
            ["Administrator Completed", "Scrape Completed"],
            duration.GetMeasurementSnapshot().Select(m => $"{m.Tags["trigger"]} {m.Tags["status"]}"));
    }

    [Fact]
    public async Task Who_asks_while_one_waits_joins_it()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var ids = new HashSet<Guid>();
        for (var board = 0; board < 5; board++)
        {
            ids.Add(await harness.RequestAsync(WarmingTrigger.Scrape));
        }

        ids.Add(await harness.RequestAsync(WarmingTrigger.Administrator));

        var warming = await harness.FindAsync(Assert.Single(ids));
        Assert.Equal((WarmingStatus.Queued, WarmingTrigger.Administrator, 6), (warming.Status, warming.Trigger, warming.Requests));
    }

    [Fact]
    public async Task Warming_that_is_joined_by_an_open_transaction_is_left_until_it_commits()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var id = await harness.RequestAsync();
        await using var context = harness.Database.CreateContext();
        await using var change = await context.Database.BeginTransactionAsync(CancellationToken);
        Assert.Equal(id, await context.RequestWarmingAsync(WarmingTrigger.Scrape, harness.Time.GetUtcNow(), CancellationToken));
        var worker = await harness.StartWorkerAsync();
        await using var lease = await WarmingLease.TryTakeAsync(worker.Get<PrimaryDatabase>().CreateUnpooled("test"), CancellationToken);

        Assert.Null(await lease!.NextAsync(harness.Time.GetUtcNow(), new WarmingOptions(), CancellationToken));
        await change.CommitAsync(CancellationToken);

        Assert.Equal(id, (await lease.NextAsync(harness.Time.GetUtcNow(), new WarmingOptions(), CancellationToken))?.Id);
    }

    [Fact]
    public async Task Scrape_s_warming_waits_for_the_boards_that_are_still_read_but_not_for_ever()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var id = await harness.RequestAsync(WarmingTrigger.Scrape);
        await using (var context = harness.Database.CreateContext())
        {
            context.ScrapeRuns.Add(new() { Trigger = ScrapeTrigger.Schedule, Status = ScrapeStatus.Running, RequestedAt = harness.Time.GetUtcNow() });
            await context.SaveChangesAsync(CancellationToken);
        }

        var worker = await harness.StartWorkerAsync();
        await using var lease = await WarmingLease.TryTakeAsync(worker.Get<PrimaryDatabase>().CreateUnpooled("test"), CancellationToken);
        var (now, options) = (harness.Time.GetUtcNow(), new WarmingOptions());

        Assert.Null(await lease!.NextAsync(now, options, CancellationToken));
        Assert.Null(await lease.NextAsync(now + options.Debounce, options, CancellationToken));
        Assert.Equal(id, (await lease.NextAsync(now + options.MaxWait, options, CancellationToken))?.Id);
    }

    [Fact]
    public async Task Queued_warming_is_carried_out_by_one_of_two_workers_and_once()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        await harness.AddOrganizationAsync();
        var workers = new[] { await harness.StartWorkerAsync(), await harness.StartWorkerAsync() };
        Array.ForEach(workers, worker => worker.Get<DatabaseReady>().Set());

        var ended = await harness.AwaitEndAsync(await harness.RequestAsync());

        Assert.Equal((WarmingStatus.Completed, 1, 1), (ended.Status, ended.Attempts, ended.Warmed));
    }

    [Fact]
    public async Task Warming_whose_worker_died_is_taken_up_again_and_given_up_after_some_attempts()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        await harness.AddOrganizationAsync();
        var (died, hopeless) = (await AddRunningAsync(harness, attempts: 1), await AddRunningAsync(harness, attempts: 5));
        var worker = await harness.StartWorkerAsync();

        worker.Get<DatabaseReady>().Set();

        Assert.Equal((WarmingStatus.Completed, 2), await EndOf(harness, died));
        Assert.Equal((WarmingStatus.Failed, 6), await EndOf(harness, hopeless));
    }

    [Fact]
    public async Task Overtaken_warming_leaves_the_rest_to_its_successor_or_begins_anew()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        for (var organization = 0; organization < 4; organization++)
        {
            await harness.AddOrganizationAsync(minutesAgo: organization);
        }

        // Evicts, as a scrape does, while the second ranking is looked for; the second time without asking for a warming.
        TestInstance worker = null!;
        var reads = 0;
        var asks = true;
        var redis = new NotifyingCache(harness.Redis, async key =>
        {
            if (key.Contains(CacheLayers.Matches.KeyPrefix, StringComparison.Ordinal) && Interlocked.Increment(ref reads) == 2)
            {
                await worker.Transaction.ExecuteAsync(
                    async (context, token) =>
                    {
                        context.EvictTags("scrape", ConnectTags.Programs, ConnectTags.Matches);
                        if (asks)
                        {
                            await context.RequestWarmingAsync(WarmingTrigger.Scrape, harness.Time.GetUtcNow(), token);
                        }
                    },
                    CancellationToken);
            }
        });
        worker = await harness.StartWorkerAsync(options => (options.BatchSize, options.Parallelism) = (1, 1), redis);
        await harness.RequestAsync();
        var first = await harness.RunNextAsync(worker);
        (reads, asks) = (0, false);
        var second = await harness.RunNextAsync(worker);

        Assert.Equal((WarmingStatus.Cancelled, 2), (first.Status, first.Warmed));
        Assert.Equal((WarmingStatus.Completed, 4), (second.Status, second.Warmed));

        // Two before the first eviction, two before the second, and all after it.
        await TestInstance.EventuallyAsync(
            () => harness.Redis.Entries.Keys.Count(key => key.Contains(CacheLayers.Matches.KeyPrefix, StringComparison.Ordinal)) == 8);
        var reader = await harness.StartReaderAsync();
        await using var data = harness.Database.CreateContext();
        foreach (var organization in await data.Organizations.Select(o => o.Id).ToListAsync(CancellationToken))
        {
            var (_, trace) = await WarmingHarness.ReadAsync(reader, organization);
            Assert.Equal(CacheOutcome.Redis, WarmingHarness.OutcomeOf(trace));
        }
    }

    [Fact]
    public async Task Warming_stops_early_when_Redis_cannot_store_anything()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        for (var organization = 0; organization < 20; organization++)
        {
            await harness.AddOrganizationAsync();
        }

        var redis = new NotifyingCache(harness.Redis, _ => throw new InvalidOperationException("away")) { FailsWrites = true };
        var worker = await harness.StartWorkerAsync(redis: redis);
        await harness.RequestAsync();

        var warming = await harness.RunNextAsync(worker);

        Assert.Equal(WarmingStatus.Failed, warming.Status);
        Assert.Contains("Redis", warming.Error, StringComparison.Ordinal);
        Assert.InRange(warming.Warmed, 0, 5);
    }

    [Fact]
    public async Task Coming_day_that_has_come_is_warmed_as_the_present()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var organization = await harness.AddOrganizationAsync();
        await using (var context = harness.Database.CreateContext())
        {
            await context.RequestWarmingAsOfAsync(harness.Time.GetUtcNow().AddMinutes(-1), harness.Time.GetUtcNow(), CancellationToken);
        }

        var (worker, reader) = (await harness.StartWorkerAsync(), await harness.StartReaderAsync());
        Assert.Equal(WarmingStatus.Completed, (await harness.RunNextAsync(worker)).Status);
        await TestInstance.EventuallyAsync(() => harness.Redis.Entries.Count == 2);

        var (_, trace) = await WarmingHarness.ReadAsync(reader, organization);
        Assert.Equal(CacheOutcome.Redis, WarmingHarness.OutcomeOf(trace));
    }

    private static async Task<(WarmingStatus Status, int Attempts)> EndOf(WarmingHarness harness, Guid id)
    {
        var warming = await harness.AwaitEndAsync(id);
        return (warming.Status, warming.Attempts);
    }

    private static async Task<Guid> AddRunningAsync(WarmingHarness harness, int attempts)
    {
        var warming = new CacheWarming { Status = WarmingStatus.Running, Attempts = attempts, RequestedAt = harness.Time.GetUtcNow() };
        await using var context = harness.Database.CreateContext();
        context.CacheWarmings.Add(warming);
        await context.SaveChangesAsync(CancellationToken);
        return warming.Id;
    }

    /// <summary>A second tier that signals reads before they are done.</summary>
    private sealed class NotifyingCache(RecordingCache inner, Func<string, Task> onRead) : IDistributedCache
    {
        public bool FailsWrites { get; init; }

        public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            await onRead(key);
            return await inner.GetAsync(key, token);
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
            FailsWrites ? throw new InvalidOperationException("away") : inner.SetAsync(key, value, options, token);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public byte[]? Get(string key) => inner.Get(key);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

        public void Remove(string key) => inner.Remove(key);

        public void Refresh(string key) => inner.Refresh(key);
    }
}
