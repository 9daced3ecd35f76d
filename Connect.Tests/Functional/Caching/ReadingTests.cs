using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Connect.Caching.Diagnostics;
using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Programs;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Functional.Caching;

/// <summary>What a read finds, what it costs and what it says of itself.</summary>
public sealed class ReadingTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outcome_is_miss_then_memory_and_redis_on_another_instance()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var first = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        await using var second = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });

        Assert.Equal(CacheOutcome.Miss, await OutcomeAsync(first));
        await TestInstance.EventuallyAsync(() => redis.Entries.Count == 1);
        Assert.Equal(CacheOutcome.Memory, await OutcomeAsync(first));
        Assert.Equal(CacheOutcome.Redis, await OutcomeAsync(second));
        Assert.Equal(CacheOutcome.Memory, await OutcomeAsync(second));
    }

    [Fact]
    public async Task Thousand_cold_callers_compute_once_and_all_say_so()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        // All generations of the key are known, so that every caller joins at once: one that waited for a generation could come
        // after the computation.
        await instance.Cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(1), tags: [ConnectTags.Programs], cancellationToken: CancellationToken);
        await instance.Cache.RemoveByTagAsync(ConnectTags.Programs, CancellationToken);
        var runs = 0;
        var released = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 1000).Select(_ => TestInstance.TraceAsync(async () => await instance.Cache.GetOrCreateAsync(
            "k",
            async _ =>
            {
                Interlocked.Increment(ref runs);
                await released.Task;
                return 7;
            },
            tags: [ConnectTags.Programs], cancellationToken: CancellationToken))).ToList();
        await TestInstance.EventuallyAsync(() => Volatile.Read(ref runs) > 0);

        released.SetResult();
        var answers = await Task.WhenAll(callers);

        Assert.Equal(1, runs);
        Assert.All(answers, answer =>
        {
            Assert.Equal(7, answer.Value);
            Assert.Equal(CacheOutcome.Miss, answer.Trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);
        });
    }

    [Fact]
    public async Task Queries_of_a_factory_count_for_the_request_that_started_it()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var programs = instance.Get<ProgramReader>();
        using var canBeCancelled = new CancellationTokenSource();

        // With a token that can be cancelled the factory runs where nothing flows.
        var (_, first) = await TestInstance.TraceAsync(async () => await programs.GetActiveAsync(canBeCancelled.Token));
        var (_, second) = await TestInstance.TraceAsync(async () => await programs.GetActiveAsync(canBeCancelled.Token));

        Assert.Equal((1, 0), (first.Queries, second.Queries));
        Assert.Equal(0, second.GenerationQueries);
    }

    [Fact]
    public async Task Spans_of_a_factory_belong_to_the_request_that_started_it()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        List<Activity> computations = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CacheTelemetry.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (computations)
                {
                    computations.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var canBeCancelled = new CancellationTokenSource();

        await instance.Get<ProgramReader>().GetActiveAsync(canBeCancelled.Token);

        lock (computations)
        {
            Assert.Contains(computations, computation => computation.ParentSpanId == request.SpanId);
        }
    }

    [Fact]
    public async Task Probing_an_unknown_organization_costs_one_query_and_nothing_in_Redis()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var unknown = Guid.CreateVersion7();

        var (first, firstTrace) = await TestInstance.TraceAsync(async () => await instance.Organizations.FindMembersAsync(unknown, CancellationToken));
        var (second, secondTrace) = await TestInstance.TraceAsync(async () => await instance.Organizations.FindMembersAsync(unknown, CancellationToken));

        Assert.Null(first);
        Assert.Null(second);
        Assert.Equal((1, 0), (firstTrace.Queries, secondTrace.Queries));
        Assert.Empty(redis.Entries);
    }

    [Fact]
    public async Task Value_that_time_has_overtaken_is_computed_under_a_successor_s_name()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Time = time, Settings = { ["LeaseDuration"] = "00:05:00" } });
        var entry = CacheLayers.ProfileOf(Guid.CreateVersion7());
        var deadline = time.GetUtcNow().AddMinutes(1);
        var computed = 0;
        Task<(MatchResults Value, CacheTrace Trace)> ReadAsync() => TestInstance.TraceAsync(async () => await instance.Cache.GetOrCreateAsync(
            entry, 0, (_, _) => new ValueTask<MatchResults>(Results(++computed, deadline)), CancellationToken));

        await ReadAsync();
        var (before, _) = await ReadAsync();
        time.SetUtcNow(deadline);
        deadline = deadline.AddMinutes(1);
        var (after, afterTrace) = await ReadAsync();
        var (again, againTrace) = await ReadAsync();

        Assert.Equal(("1", "2", "2"), (before.AlgorithmVersion, after.AlgorithmVersion, again.AlgorithmVersion));
        Assert.Equal(CacheOutcome.Miss, afterTrace.ReadOf(CacheLayers.Profiles)?.Outcome);
        Assert.Equal(CacheOutcome.Memory, againTrace.ReadOf(CacheLayers.Profiles)?.Outcome);
    }

    [Fact]
    public async Task Payload_that_cannot_be_read_is_removed_and_computed_again()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var first = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        await using var second = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var entry = CacheLayers.MembersOf(Guid.CreateVersion7());
        ValueTask<OrganizationMembers> ReadAsync(TestInstance instance) => instance.Cache.GetOrCreateAsync(
            entry, 0, (_, _) => new ValueTask<OrganizationMembers>(new OrganizationMembers(Guid.Empty, [])), CancellationToken);
        await ReadAsync(first);
        await TestInstance.EventuallyAsync(() => redis.Entries.Count == 1);
        var (key, payload) = redis.Entries.Single();
        payload[payload.AsSpan().IndexOf("[]"u8)] = (byte)'7';

        var read = await ReadAsync(second);

        Assert.Empty(read.UserIds);
        await TestInstance.EventuallyAsync(() => redis.Entries.TryGetValue(key, out var rewritten) && rewritten.AsSpan().IndexOf("[]"u8) > 0);
    }

    [Fact]
    public async Task Large_list_reaches_Redis_in_Korean()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var call = new ActiveProgram(
            Guid.CreateVersion7(), "해양 바이오 소재 기술개발사업 신규지원 대상과제 공고", Agency.KIMST, "해양수산부", null, ["해양", "바이오"],
            [OrganizationType.Company], 3, 6, 300_000_000, TimeProvider.System.GetUtcNow(), IsUmbrella: false,
            ProgramTraits.Unknown, "https://example.com/");
        var list = new ActiveProgramList([.. Enumerable.Repeat(call, 20_000)], TimeProvider.System.GetUtcNow());

        await instance.Cache.GetOrCreateAsync(CacheLayers.Programs(), list, (value, _) => new ValueTask<ActiveProgramList>(value), CancellationToken);

        await TestInstance.EventuallyAsync(() => redis.Entries.Count == 1);
        var (key, payload) = redis.Entries.Single();
        Assert.StartsWith($"connect:{CachePayloads.SchemaVersion}:programs:active:list@", key, StringComparison.Ordinal);
        Assert.True(payload.Length > 5_000_000);
        Assert.True(payload.AsSpan().IndexOf(Encoding.UTF8.GetBytes("해양 바이오")) > 0);
    }

    [Fact]
    public async Task Entry_that_Redis_would_drop_at_once_stays_in_memory_only()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(1.5), LocalCacheExpiration = TimeSpan.FromSeconds(1.5) };

        await instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<int>(1), options, cancellationToken: CancellationToken);

        Assert.Empty(redis.Entries);
    }

    [Fact]
    public async Task Hit_in_memory_allocates_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Settings = { ["LeaseDuration"] = "00:05:00" } });
        var entry = CacheLayers.MatchesOf(Guid.CreateVersion7());
        var value = Results(1, null);
        await instance.Cache.GetOrCreateAsync(entry, value, static (state, _) => new ValueTask<MatchResults>(state), CancellationToken);

        Assert.Equal(0, AllocatedBy(instance.Cache, entry, value));
    }

    private static long AllocatedBy(HybridCache cache, CacheEntry entry, MatchResults value)
    {
        const int Rounds = 1000;
        void Read()
        {
            var read = cache.GetOrCreateAsync(entry, value, static (state, _) => new ValueTask<MatchResults>(state), CancellationToken.None);
            Assert.True(read.IsCompletedSuccessfully);
        }

        // Code that the runtime has not optimized yet allocates, the stock cache's too: 96 B a call. It is optimized
        // in the background, after a while.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5000 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < Rounds; round++)
            {
                Read();
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
        }

        return least;
    }

    private static async Task<CacheOutcome?> OutcomeAsync(TestInstance instance)
    {
        var (_, trace) = await TestInstance.TraceAsync(async () => await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
        return trace.ReadOf(CacheLayerRegistry.Other)?.Outcome;
    }

    private static MatchResults Results(int number, DateTimeOffset? validUntil) => new(
        Guid.Empty, OrganizationType.Company, true, ImmutableArray<RankedMatch>.Empty,
        number.ToString(System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch, validUntil);
}
