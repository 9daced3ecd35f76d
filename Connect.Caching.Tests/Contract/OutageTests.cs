using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Faults;
using Connect.Testing.Instances;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Caching.Tests.Contract;

/// <summary>Last good values obey the rules of the tiers; and a factory that needs no database runs without one.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private readonly string _database;
    private readonly TcpGate _gate;
    private readonly RecordingCache _redis = new();

    public OutageTests(Servers servers)
    {
        _database = servers.NewDatabase();
        _gate = TcpGate.To(Sql.PortOf(_database));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task Replaced_value_does_not_come_back_in_an_outage()
    {
        await using var instance = await StartAsync();
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        await instance.Cache.SetAsync("k", 2, tags: ["t"], cancellationToken: Token);

        await CloseAsync(instance);

        Assert.Equal((2, CacheOutcome.Stale), await ReadAsync(instance, "k", () => 3, "t"));
    }

    [Fact]
    public async Task Removed_value_does_not_come_back_in_an_outage()
    {
        await using var instance = await StartAsync();
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        await instance.Cache.RemoveAsync("k", Token);

        await CloseAsync(instance);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.ReadAsync("k", () => 3, "t"));
    }

    [Fact]
    public async Task Slow_computation_of_a_removed_value_does_not_bring_it_back()
    {
        await using var instance = await StartAsync();
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = instance.Cache.GetOrCreateAsync(
            "k",
            async _ =>
            {
                begun.SetResult();
                await released.Task;
                return 1;
            },
            tags: ["t"], cancellationToken: Token).AsTask();
        await begun.Task;
        await instance.Cache.RemoveAsync("k", Token);
        released.SetResult();
        Assert.Equal(1, await slow);

        await CloseAsync(instance);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.ReadAsync("k", () => 3, "t"));
    }

    [Fact]
    public async Task Value_that_readers_can_change_is_a_copy_for_each()
    {
        await using var instance = await StartAsync();
        ValueTask<List<int>> ReadListAsync() =>
            instance.Cache.GetOrCreateAsync("k", _ => new ValueTask<List<int>>([1]), tags: ["t"], cancellationToken: Token);
        (await ReadListAsync()).Add(2);

        await CloseAsync(instance);

        for (var read = 0; read < 3; read++)
        {
            var list = await ReadListAsync();
            Assert.Equal([1], list);
            list.Add(3);
        }
    }

    [Theory]
    [InlineData(HybridCacheEntryFlags.DisableLocalCacheWrite, HybridCacheEntryFlags.None)]
    [InlineData(HybridCacheEntryFlags.DisableLocalCache, HybridCacheEntryFlags.None)]
    [InlineData(HybridCacheEntryFlags.None, HybridCacheEntryFlags.DisableLocalCacheRead)]
    public async Task Value_that_may_not_be_kept_or_read_in_memory_is_not_there_in_an_outage(HybridCacheEntryFlags first, HybridCacheEntryFlags second)
    {
        await using var instance = await StartAsync();
        ValueTask<int> ReadFlaggedAsync(HybridCacheEntryFlags flags) => instance.Cache.GetOrCreateAsync(
            "k", _ => new ValueTask<int>(1), new() { Flags = flags }, ["t"], Token);
        await ReadFlaggedAsync(first);

        await CloseAsync(instance);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await ReadFlaggedAsync(second));
    }

    [Fact]
    public async Task Key_without_tags_is_computed_each_time_and_kept_nowhere()
    {
        await using var instance = await StartAsync();
        await CloseAsync(instance);

        Assert.Equal((1, CacheOutcome.Miss), await ReadAsync(instance, "k", () => 1));
        Assert.Equal((2, CacheOutcome.Miss), await ReadAsync(instance, "k", () => 2));
        Assert.Empty(_redis.Entries);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await ReadAsync(instance, "k", () => throw new NotSupportedException()));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.ReadAsync("k", () => 3, "t"));

        _gate.Open();
        await TestInstance.EventuallyAsync(() => instance.State.IsVerified);
        Assert.Equal((4, CacheOutcome.Miss), await ReadAsync(instance, "k", () => 4));
        Assert.Equal((4, CacheOutcome.Memory), await ReadAsync(instance, "k", () => 5));
    }

    [Fact]
    public async Task Key_without_tags_that_was_read_before_is_answered_by_its_last_value()
    {
        await using var instance = await StartAsync();
        Assert.Equal(1, await instance.ReadAsync("k", () => 1));

        await CloseAsync(instance);

        Assert.Equal((1, CacheOutcome.Stale), await ReadAsync(instance, "k", () => 2));
    }

    [Fact]
    public async Task Evicted_value_is_served_marked_where_the_database_really_cannot_be_asked()
    {
        await using var instance = await StartAsync(lease: "00:05:00");
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        await instance.EvictAsync("t");

        // The lease has not run out: it is the factory that meets the outage.
        _gate.Close();
        var (value, outcome) = await ReadAsync(instance, "k", () => Query(instance), "t");

        Assert.Equal((1, CacheOutcome.Stale), (value, outcome));
    }

    private static int Query(TestInstance instance)
    {
        using var command = instance.Get<PrimaryDatabase>().Pooled.CreateCommand("select 2");
        return (int)command.ExecuteScalar()!;
    }

    private static async Task<(int Value, CacheOutcome? Outcome)> ReadAsync(TestInstance instance, string key, Func<int> compute, params string[] tags)
    {
        var (value, trace) = await TestInstance.TraceAsync(() => instance.ReadAsync(key, compute, tags));
        return (value, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);
    }

    private Task<TestInstance> StartAsync(string lease = "00:00:00.500") => TestInstance.StartAsync(
        Sql.Through(_database, _gate.Port), _redis,
        settings: new() { ["PollInterval"] = "00:00:00.100", ["LeaseDuration"] = lease, ["GenerationsTimeoutSeconds"] = "1" });

    private async Task CloseAsync(TestInstance instance)
    {
        _gate.Close();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);
    }
}
