using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Warming;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Testing.Instances;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Functional.Warming;

/// <summary>A preloaded ranking equals the one that a reader would compute, and is never older than its name.</summary>
public sealed class MatchWarmerTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Warmed_ranking_is_found_in_Redis_and_costs_its_reader_no_query()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        await harness.AddProgramAsync("인공지능 기술개발 공고");
        var organization = await harness.AddOrganizationAsync();
        var (worker, reader) = (await harness.StartWorkerAsync(), await harness.StartReaderAsync());
        var (set, batch) = await harness.LoadAsync(worker, organization);

        var first = await worker.Get<MatchWarmer>().WarmAsync(batch, organization, CancellationToken);
        await AwaitStoredAsync(harness);
        var second = await worker.Get<MatchWarmer>().WarmAsync(batch, organization, CancellationToken);

        Assert.Equal([organization], set.Organizations);
        Assert.Equal((true, false), (first.IsComputed, second.IsComputed));
        var (results, trace) = await WarmingHarness.ReadAsync(reader, organization);
        Assert.Equal((CacheOutcome.Redis, 0), (WarmingHarness.OutcomeOf(trace), trace.Queries));
        Assert.Single(results.Ranking);

        // The organization's generation, which the worker did not know, and the rows: programs and profile were loaded ahead.
        Assert.Equal((2, 0), (first.Queries, second.Queries));
        await using var context = harness.Database.CreateContext();
        Assert.Equal(organization, context.Matches.Single().OrganizationId);
    }

    [Fact]
    public async Task Warming_is_no_request_and_leaves_nothing_in_the_worker_s_memory()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var organization = await harness.AddOrganizationAsync();
        var worker = await harness.StartWorkerAsync();
        var (_, batch) = await harness.LoadAsync(worker, organization);
        await worker.Get<MatchWarmer>().WarmAsync(batch, organization, CancellationToken);

        var totals = worker.Get<CacheStatistics>().Read(true, null, false, new MemorySnapshot(0, 0));
        Assert.All(totals.Layers, layer => Assert.Equal(0, layer.Memory + layer.Redis + layer.Miss));
        Assert.Equal(1, totals.Layers.Single(layer => layer.Name == "matches").Computations);
        await AwaitStoredAsync(harness);
        harness.Redis.Entries.Clear();
        var (_, trace) = await WarmingHarness.ReadAsync(worker, organization);
        Assert.Equal(CacheOutcome.Miss, WarmingHarness.OutcomeOf(trace));
    }

    [Fact]
    public async Task Profile_that_changed_after_it_was_loaded_is_not_used()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var organization = await harness.AddOrganizationAsync();
        var (worker, reader) = (await harness.StartWorkerAsync(), await harness.StartReaderAsync());
        var (_, batch) = await harness.LoadAsync(worker, organization);

        // The worker itself commits it, so that it certainly names the ranking by the new generation.
        await WarmingHarness.ChangeAsync(worker, organization, o => o.Type = OrganizationType.ResearchInstitute);
        await worker.Get<MatchWarmer>().WarmAsync(batch, organization, CancellationToken);
        await AwaitStoredAsync(harness);

        var (results, trace) = await WarmingHarness.ReadAsync(reader, organization);
        Assert.Equal(CacheOutcome.Redis, WarmingHarness.OutcomeOf(trace));
        Assert.Equal(OrganizationType.ResearchInstitute, results.OrganizationType);
    }

    [Theory]
    [InlineData(ConnectTags.Programs)]
    [InlineData(ConnectTags.Matches)]
    [InlineData(CacheTags.Everything)]
    public async Task Programs_that_changed_after_they_were_loaded_are_not_used_and_overtake_the_pass(string tag)
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var organization = await harness.AddOrganizationAsync();
        var (worker, reader) = (await harness.StartWorkerAsync(), await harness.StartReaderAsync());
        var (set, batch) = await harness.LoadAsync(worker, organization);

        await harness.AddProgramAsync("인공지능 기술개발 공고");
        await worker.EvictAsync(ConnectTags.Programs, tag);
        await worker.Get<MatchWarmer>().WarmAsync(batch, organization, CancellationToken);
        await AwaitStoredAsync(harness);

        var (results, trace) = await WarmingHarness.ReadAsync(reader, organization);
        Assert.Equal(CacheOutcome.Redis, WarmingHarness.OutcomeOf(trace));
        Assert.Single(results.Ranking);
        Assert.False(batch.IsOvertaken);
        Assert.True((await worker.Get<MatchWarmer>().LoadAsync(set, [organization], CancellationToken)).IsOvertaken);
    }

    [Fact]
    public async Task Latest_active_come_first_and_others_are_left_out()
    {
        await using var harness = await WarmingHarness.CreateAsync(application);
        var second = await harness.AddOrganizationAsync(minutesAgo: 10);
        var first = await harness.AddOrganizationAsync(minutesAgo: 1);
        await harness.AddOrganizationAsync(minutesAgo: 20);
        await harness.AddOrganizationAsync(minutesAgo: 60 * 24 * 31);
        await harness.AddOrganizationAsync(change: o => o.ProfileCompleted = false);
        await harness.AddOrganizationAsync(change: o => o.Status = OrganizationStatus.Deactivated);
        var worker = await harness.StartWorkerAsync();

        var set = await worker.Get<MatchWarmer>().BeginAsync(
            new WarmingScope(null, TimeProvider.System.GetUtcNow().AddDays(-30), MaxOrganizations: 2), CancellationToken);

        Assert.Equal([first, second], set.Organizations);
    }

    [Fact]
    public async Task Next_day_is_there_at_midnight_and_the_present_is_not_disturbed()
    {
        var evening = new DateTimeOffset(2026, 11, 23, 14, 30, 0, TimeSpan.Zero);
        var midnight = SeoulTime.NextMidnight(evening);
        var time = new FakeTimeProvider(evening);
        await using var harness = await WarmingHarness.CreateAsync(application, time);
        await harness.AddProgramAsync("오늘 마감하는 인공지능 공모", midnight.AddMinutes(-1));
        await harness.AddProgramAsync("인공지능 기술개발 공고", midnight.AddDays(9));
        var organization = await harness.AddOrganizationAsync();
        var (worker, reader) = (await harness.StartWorkerAsync(), await harness.StartReaderAsync());
        var (today, _) = await WarmingHarness.ReadAsync(reader, organization);
        await TestEventually(() => CountOf(harness) == 1);

        var warmer = worker.Get<MatchWarmer>();
        var set = await warmer.BeginAsync(new WarmingScope(midnight, evening.AddDays(-30), 100), CancellationToken);
        var batch = await warmer.LoadAsync(set, [organization], CancellationToken);
        Assert.True((await warmer.WarmAsync(batch, organization, CancellationToken)).IsComputed);
        await TestEventually(() => CountOf(harness) == 2);

        // Readers of the present go on with the present, on the reader and on the worker itself.
        var (again, againTrace) = await WarmingHarness.ReadAsync(reader, organization);
        var (onWorker, _) = await WarmingHarness.ReadAsync(worker, organization);
        Assert.Equal(CacheOutcome.Memory, WarmingHarness.OutcomeOf(againTrace));
        Assert.Equal([2, 2, 2], new[] { today, again, onWorker }.Select(results => results.Ranking.Length));

        time.SetUtcNow(midnight.ToUniversalTime());
        var (tomorrow, trace) = await WarmingHarness.ReadAsync(reader, organization);
        var alone = await harness.StartReaderAsync(new RecordingCache());
        var (computed, computedTrace) = await WarmingHarness.ReadAsync(alone, organization);

        Assert.Equal((CacheOutcome.Redis, CacheOutcome.Miss), (WarmingHarness.OutcomeOf(trace), WarmingHarness.OutcomeOf(computedTrace)));
        Assert.Single(tomorrow.Ranking);
        Assert.Equal(Wire(computed), Wire(tomorrow));
    }

    private static string Wire(MatchResults results) =>
        System.Text.Json.JsonSerializer.Serialize(results, CachePayloads.Options);

    private static int CountOf(WarmingHarness harness) =>
        harness.Redis.Entries.Keys.Count(key => key.Contains(CacheLayers.Matches.KeyPrefix, StringComparison.Ordinal));

    private static Task AwaitStoredAsync(WarmingHarness harness) => TestEventually(() => CountOf(harness) > 0);

    private static Task TestEventually(Func<bool> condition) => Caching.TestInstance.EventuallyAsync(condition);
}
