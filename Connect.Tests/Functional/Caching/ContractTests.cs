using Connect.Caching.Flow;
using Connect.Caching.Layers;
using Connect.Caching.Tiers;
using Connect.Data;
using Connect.Data.Caching;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Hosting;

namespace Connect.Tests.Functional.Caching;

/// <summary>What <see cref="HybridCache"/> promises to those who call it, kept by Connect's as by the stock one.</summary>
public sealed class ContractTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Null_is_a_value_like_any_other()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var runs = 0;

        for (var read = 0; read < 3; read++)
        {
            Assert.Null(await instance.Cache.GetOrCreateAsync<string?>(
                "k", _ => new ValueTask<string?>(Interlocked.Increment(ref runs) > 1 ? "x" : null), tags: ["t"], cancellationToken: CancellationToken));
        }

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Failure_of_a_factory_reaches_the_caller_and_is_not_kept()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        await Assert.ThrowsAsync<NotSupportedException>(
            async () => await instance.ReadAsync("k", () => throw new NotSupportedException(), ConnectTags.Programs));

        Assert.Equal(2, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Any_of_several_tags_evicts()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        string[] tags = ["a", "b", "c"];
        for (var expected = 0; expected < tags.Length; expected++)
        {
            var value = expected;
            Assert.Equal(value, await instance.ReadAsync("k", () => value, tags));
            Assert.Equal(value, await instance.ReadAsync("k", () => -1, tags));
            await instance.EvictAsync(tags[expected]);
        }

        Assert.Equal(9, await instance.ReadAsync("k", () => 9, tags));
        await instance.EvictAsync("d");
        Assert.Equal(9, await instance.ReadAsync("k", () => -1, tags));
    }

    [Fact]
    public async Task Key_asked_for_with_other_tags_is_another_entry()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);

        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "a"));
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "b"));
    }

    [Fact]
    public async Task What_may_not_be_computed_is_not_there_and_leaves_no_trace()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var options = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };
        Task<(int Value, CacheTrace Trace)> LookAsync() => TestInstance.TraceAsync(async () => await instance.Cache.GetOrCreateAsync(
            "k", _ => new ValueTask<int>(7), options, ["t"], CancellationToken));

        var (before, beforeTrace) = await LookAsync();
        await instance.ReadAsync("k", () => 5, "t");
        var (after, afterTrace) = await LookAsync();

        Assert.Equal((0, CacheOutcome.Miss), (before, beforeTrace.ReadOf(CacheLayerRegistry.Other)?.Outcome));
        Assert.Equal((5, CacheOutcome.Memory), (after, afterTrace.ReadOf(CacheLayerRegistry.Other)?.Outcome));
        Assert.False(instance.Get<LastGoodStore>().TryGet<int>(CacheLayerRegistry.Other, "absent", null, 0, out _, out _));
    }

    [Fact]
    public async Task Nothing_found_and_nothing_computed_is_never_a_last_good_value()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        var options = new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableUnderlyingData };

        await instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<int>(7), options, ["t"], CancellationToken);

        Assert.False(instance.Get<LastGoodStore>().TryGet<int>(CacheLayerRegistry.Other, "k", null, 0, out _, out _));
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache, CacheOutcome.Redis, 1)]
    [InlineData(HybridCacheEntryFlags.DisableDistributedCache, CacheOutcome.Memory, 0)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache | HybridCacheEntryFlags.DisableDistributedCache, CacheOutcome.Miss, 0)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite, CacheOutcome.Miss, 0)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead, CacheOutcome.Miss, 1)]
    public async Task Flags_of_an_entry_are_honoured(HybridCacheEntryFlags flags, CacheOutcome second, int stored)
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var options = new HybridCacheEntryOptions { Flags = flags, Expiration = TimeSpan.FromHours(1) };
        Task<(int Value, CacheTrace Trace)> ReadAsync() => TestInstance.TraceAsync(async () => await instance.Cache.GetOrCreateAsync(
            "k", _ => new ValueTask<int>(7), options, ["t"], CancellationToken));

        await ReadAsync();
        await TestInstance.EventuallyAsync(() => redis.Entries.Count == stored);
        var (_, trace) = await ReadAsync();

        Assert.Equal(second, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);
    }

    [Fact]
    public async Task Time_in_memory_and_time_in_Redis_are_the_entry_s_own()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        var options = new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromMinutes(7),
            LocalCacheExpiration = TimeSpan.FromMilliseconds(1),
        };

        await instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<int>(7), options, ["t"], CancellationToken);
        await TestInstance.EventuallyAsync(() => redis.Entries.Count == 1);

        Assert.Equal(TimeSpan.FromMinutes(7), redis.LastOptions?.AbsoluteExpirationRelativeToNow);
        await TestInstance.EventuallyAsync(async () =>
        {
            var (_, trace) = await TestInstance.TraceAsync(
                async () => await instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<int>(8), options, ["t"], CancellationToken));
            return trace.ReadOf(CacheLayerRegistry.Other)?.Outcome == CacheOutcome.Redis;
        });
    }

    [Fact]
    public async Task Caller_who_gives_up_does_not_disturb_those_who_wait()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        using var impatient = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        Task<int> ReadAsync(CancellationToken token) => instance.Cache.GetOrCreateAsync(
            "k",
            async factoryToken =>
            {
                begun.TrySetResult();
                await released.Task.WaitAsync(factoryToken);
                return 7;
            },
            tags: ["t"], cancellationToken: token).AsTask();

        var first = ReadAsync(impatient.Token);
        await begun.Task;
        var second = ReadAsync(CancellationToken);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        released.SetResult();
        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task Caller_who_has_given_up_before_gets_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        await instance.ReadAsync("k", () => 1, "t");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await instance.Cache.GetOrCreateAsync(
            "k", _ => new ValueTask<int>(1), tags: ["t"], cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Computation_that_nobody_waits_for_is_cancelled()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        using var impatient = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        Task<int> ReadAsync(Func<CancellationToken, ValueTask<int>> factory, CancellationToken token) =>
            instance.Cache.GetOrCreateAsync("k", factory, tags: ["t"], cancellationToken: token).AsTask();
        var read = ReadAsync(
            async factoryToken =>
            {
                await using var registration = factoryToken.Register(cancelled.SetResult);
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, factoryToken);
                return 7;
            },
            impatient.Token);
        await begun.Task;

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await cancelled.Task.WaitAsync(CancellationToken);
        Assert.Equal(8, await ReadAsync(_ => new ValueTask<int>(8), CancellationToken));
    }

    [Fact]
    public async Task Value_that_its_reader_could_change_is_nobody_else_s()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var read = 0; read < 5; read++)
        {
            var list = await instance.Cache.GetOrCreateAsync(
                "k", _ => new ValueTask<List<int>>([1, 2, 3]), tags: ["t"], cancellationToken: CancellationToken);
            Assert.Equal([1, 2, 3], list);
            list.Add(4);
        }
    }

    [Fact]
    public async Task Memory_is_bounded_and_answers_stay_right()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Settings = { ["MemoryLimitBytes"] = "1048576" } });
        var options = new HybridCacheEntryOptions { Expiration = TimeSpan.FromHours(1), Flags = HybridCacheEntryFlags.DisableDistributedCache };
        var large = new string('x', 10_000);

        for (var key = 0; key < 500; key++)
        {
            var value = $"{key}{large}";
            Assert.Equal(value, await instance.Cache.GetOrCreateAsync($"k{key}", _ => new ValueTask<string>(value), options, ["t"], CancellationToken));
        }

        var memory = instance.Get<CacheTiers>().ReadMemory();
        Assert.InRange(memory.Bytes, 1, 1_048_576);
        Assert.InRange(memory.Entries, 1, 105);
    }

    [Theory]
    [InlineData("PollInterval", "00:00:00")]
    [InlineData("LeaseDuration", "01:00:00")]
    [InlineData("GenerationsTimeoutSeconds", "0")]
    [InlineData("RedisTimeout", "00:01:00")]
    [InlineData("MemoryLimitBytes", "1")]
    [InlineData("MaximumPayloadBytes", "-1")]
    [InlineData("RedisFailuresToBreak", "0")]
    public async Task Number_out_of_range_is_refused_at_start(string name, string value)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration[$"{CacheOptions.SectionName}:{name}"] = value;
        builder.Configuration["ConnectionStrings:connectdb"] = "Host=127.0.0.1;Port=1;Database=none";
        builder.Services.AddConnectCaching();
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => host.StartAsync(CancellationToken));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }
}
