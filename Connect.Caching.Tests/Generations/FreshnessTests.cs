using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Instances;
using Connect.Testing.Processes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Caching.Tests.Generations;

/// <summary>No answer is older than an eviction, on any instance, from any tier, whatever became of the messenger.</summary>
public sealed class FreshnessTests(Servers servers)
{
    [Fact]
    public async Task Slow_computation_that_began_before_an_eviction_is_never_seen_after_it()
    {
        var database = servers.NewDatabase();
        var redis = new RecordingCache();
        await using var reader = await TestInstance.StartAsync(database, redis);
        await using var writer = await TestInstance.StartAsync(database, redis);
        var begun = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        var slow = reader.Cache.GetOrCreateAsync(
            "k",
            async _ =>
            {
                begun.SetResult();
                await released.Task;
                return 1;
            },
            tags: ["t"], cancellationToken: TestInstance.Token).AsTask();
        await begun.Task;

        await writer.EvictAsync("t");
        await reader.EvictAsync("org:unrelated");
        released.SetResult();

        Assert.Equal(1, await slow);
        Assert.Equal(2, await reader.ReadAsync("k", () => 2, "t"));
        Assert.Equal(2, await writer.ReadAsync("k", () => 2, "t"));
        await using var cold = await TestInstance.StartAsync(database, redis);
        Assert.Equal(2, await cold.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Poll_finds_a_bump_without_a_notification()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, settings: Fast());
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));

        await Sql.ExecuteAsync(database, SilentBump);

        await TestInstance.EventuallyAsync(async () => await instance.ReadAsync("k", () => 2, "t") == 2);
    }

    [Fact]
    public async Task Poll_finds_a_bump_that_committed_after_a_later_one()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, settings: Fast());
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        await using var slow = new NpgsqlConnection(database);
        await slow.OpenAsync(TestInstance.Token);
        await using var transaction = await slow.BeginTransactionAsync(TestInstance.Token);
        await using (var bump = new NpgsqlCommand(SilentBump, slow, transaction))
        {
            await bump.ExecuteNonQueryAsync(TestInstance.Token);
        }

        // Later by generation, by time and by transaction, but committed first; polls pass over it meanwhile.
        await instance.EvictAsync("other");
        await SweptAsync(instance);
        await SweptAsync(instance);
        await transaction.CommitAsync(TestInstance.Token);

        await TestInstance.EventuallyAsync(async () => await instance.ReadAsync("k", () => 2, "t") == 2);
    }

    [Fact]
    public async Task Listener_that_was_cut_off_loses_nothing()
    {
        var database = servers.NewDatabase();
        await using var reader = await TestInstance.StartAsync(database);
        await using var writer = await TestInstance.StartAsync(database);
        for (var expected = 1; expected <= Rounds.Of(5); expected++)
        {
            var value = expected;
            await Sql.ExecuteAsync(
                database,
                $"select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{GenerationListener.ApplicationName}' and datname = current_database()");
            await writer.EvictAsync("t");

            await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => value, "t") == value);
            Assert.Equal(value, await reader.ReadAsync("k", () => value, "t"));
        }
    }

    [Fact]
    public async Task Generation_that_fell_ends_the_session()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, settings: Fast());
        await instance.EvictAsync("t");
        await instance.ReadAsync("k", () => 1, "t");
        var session = instance.Generations.Current;

        await Sql.ExecuteAsync(database, "update cache_generations set generation = 5, xid = pg_current_xact_id()");

        await TestInstance.EventuallyAsync(() => session!.HasEnded && instance.State.IsVerified);
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Instance_whose_lease_ran_out_asks_and_still_hits()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(
            database, time: time, settings: new() { ["PollInterval"] = "00:01:00" });
        await using var writer = await TestInstance.StartAsync(database);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(instance.State.IsVerified);

        var (value, trace) = await TestInstance.TraceAsync(() => instance.ReadAsync("k", () => 2, "t"));
        Assert.Equal(1, value);
        Assert.Equal(1, trace.GenerationQueries);
        Assert.Equal(CacheOutcome.Memory, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);

        await writer.EvictAsync("t");
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Keys_tags_and_everything_are_evicted_on_all_instances()
    {
        var database = servers.NewDatabase();
        var redis = new RecordingCache();
        await using var first = await TestInstance.StartAsync(database, redis);
        await using var second = await TestInstance.StartAsync(database, redis);
        Func<HybridCache, ValueTask>[] evictions =
        [
            cache => cache.RemoveAsync("k", TestInstance.Token),
            cache => cache.RemoveAsync(["k", "l"], TestInstance.Token),
            cache => cache.RemoveByTagAsync("t", TestInstance.Token),
            cache => cache.RemoveByTagAsync(["x", "t"], TestInstance.Token),
            cache => cache.RemoveByTagAsync("*", TestInstance.Token),
        ];
        for (var expected = 1; expected <= evictions.Length; expected++)
        {
            var value = expected;
            Assert.Equal(value, await first.ReadAsync("k", () => value, "t"));
            await TestInstance.EventuallyAsync(async () => await second.ReadAsync("k", () => value, "t") == value);
            await evictions[expected - 1](first.Cache);
        }

        await first.Cache.SetAsync("k", 99, tags: ["t"], cancellationToken: TestInstance.Token);
        Assert.Equal(99, await first.ReadAsync("k", () => 0, "t"));
        await TestInstance.EventuallyAsync(async () => await second.ReadAsync("k", () => 0, "t") == 99);
    }

    private const string SilentBump = """
        insert into cache_generations as g (tag, generation, xid, reason, bumped_at)
        values ('t', (extract(epoch from clock_timestamp()) * 1000000)::bigint, pg_current_xact_id(), 'silent', clock_timestamp())
        on conflict (tag) do update set generation = greatest(g.generation + 1, excluded.generation), xid = excluded.xid
        """;

    private static Dictionary<string, string?> Fast() => new() { ["PollInterval"] = "00:00:00.100" };

    /// <summary>Waits for a poll that was sent after this call.</summary>
    private static Task SweptAsync(TestInstance instance)
    {
        var before = instance.Generations.Current!.ConfirmedAt;
        return TestInstance.EventuallyAsync(() => instance.Generations.Current?.ConfirmedAt > before);
    }
}
