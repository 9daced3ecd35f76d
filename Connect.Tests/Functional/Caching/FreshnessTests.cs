using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

/// <summary>No answer is older than an eviction, on any instance, from any tier, whatever became of the messenger.</summary>
public sealed class FreshnessTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eviction_reaches_every_instance_and_both_tiers()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var first = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var second = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var expected = 1; expected <= 20; expected++)
        {
            var value = expected;
            if (expected > 1)
            {
                await first.EvictAsync(ConnectTags.Programs);
            }

            // The writer knows at once; the others as soon as they are told.
            Assert.Equal(value, await first.ReadAsync("k", () => value, ConnectTags.Programs, ConnectTags.Matches));
            await TestInstance.EventuallyAsync(async () => await second.ReadAsync("k", () => value, ConnectTags.Programs, ConnectTags.Matches) == value);
        }
    }

    [Fact]
    public async Task Slow_computation_that_began_before_an_eviction_is_never_seen_after_it()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var reader = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var writer = await TestInstance.StartAsync(application, database.ConnectionString);
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
            tags: [ConnectTags.Programs], cancellationToken: CancellationToken).AsTask();
        await begun.Task;

        await writer.EvictAsync(ConnectTags.Programs);
        await reader.EvictAsync("org:unrelated");
        released.SetResult();

        Assert.Equal(1, await slow);
        Assert.Equal(2, await reader.ReadAsync("k", () => 2, ConnectTags.Programs));
        Assert.Equal(2, await writer.ReadAsync("k", () => 2, ConnectTags.Programs));
        await using var cold = await TestInstance.StartAsync(application, database.ConnectionString);
        Assert.Equal(2, await cold.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Poll_finds_a_bump_without_a_notification()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, Fast());
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));

        await ExecuteAsync(database, SilentBump);

        await TestInstance.EventuallyAsync(async () => await instance.ReadAsync("k", () => 2, ConnectTags.Programs) == 2);
    }

    [Fact]
    public async Task Poll_finds_a_bump_that_committed_after_a_later_one()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, Fast());
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
        await using var slow = new NpgsqlConnection(database.ConnectionString);
        await slow.OpenAsync(CancellationToken);
        await using var transaction = await slow.BeginTransactionAsync(CancellationToken);
        await using (var bump = new NpgsqlCommand(SilentBump, slow, transaction))
        {
            await bump.ExecuteNonQueryAsync(CancellationToken);
        }

        // Later by generation, by time and by transaction, but committed first; polls pass over it meanwhile.
        await instance.EvictAsync(ConnectTags.Matches);
        await SweptAsync(instance);
        await SweptAsync(instance);
        await transaction.CommitAsync(CancellationToken);

        await TestInstance.EventuallyAsync(async () => await instance.ReadAsync("k", () => 2, ConnectTags.Programs) == 2);
    }

    [Fact]
    public async Task Listener_that_was_cut_off_loses_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var reader = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var writer = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var expected = 1; expected <= 5; expected++)
        {
            var value = expected;
            await ExecuteAsync(
                database,
                $"select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{GenerationListener.ApplicationName}' and datname = current_database()");
            await writer.EvictAsync(ConnectTags.Programs);

            await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => value, ConnectTags.Programs) == value);
            Assert.Equal(value, await reader.ReadAsync("k", () => value, ConnectTags.Programs));
        }
    }

    [Fact]
    public async Task Generation_that_fell_ends_the_session()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, Fast());
        await instance.EvictAsync(ConnectTags.Programs);
        await instance.ReadAsync("k", () => 1, ConnectTags.Programs);
        var session = instance.Generations.Current;

        await ExecuteAsync(database, "update cache_generations set generation = 5, xid = pg_current_xact_id()");

        await TestInstance.EventuallyAsync(() => session!.HasEnded && instance.State.IsVerified);
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Instance_whose_lease_ran_out_asks_and_still_hits()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Time = time, Settings = { ["PollInterval"] = "00:01:00" } });
        await using var writer = await TestInstance.StartAsync(application, database.ConnectionString);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(instance.State.IsVerified);

        var (value, trace) = await TestInstance.TraceAsync(async () => await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
        Assert.Equal(1, value);
        Assert.Equal(1, trace.GenerationQueries);
        Assert.Equal(CacheOutcome.Memory, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);

        await writer.EvictAsync(ConnectTags.Programs);
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Keys_tags_and_everything_are_evicted_on_all_instances()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var first = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var second = await TestInstance.StartAsync(application, database.ConnectionString);
        Func<HybridCache, ValueTask>[] evictions =
        [
            cache => cache.RemoveAsync("k", CancellationToken),
            cache => cache.RemoveAsync(["k", "l"], CancellationToken),
            cache => cache.RemoveByTagAsync(ConnectTags.Programs, CancellationToken),
            cache => cache.RemoveByTagAsync(["x", ConnectTags.Programs], CancellationToken),
            cache => cache.RemoveByTagAsync("*", CancellationToken),
        ];
        for (var expected = 1; expected <= evictions.Length; expected++)
        {
            var value = expected;
            Assert.Equal(value, await first.ReadAsync("k", () => value, ConnectTags.Programs));
            await TestInstance.EventuallyAsync(async () => await second.ReadAsync("k", () => value, ConnectTags.Programs) == value);
            await evictions[expected - 1](first.Cache);
        }

        await first.Cache.SetAsync("k", 99, tags: [ConnectTags.Programs], cancellationToken: CancellationToken);
        Assert.Equal(99, await first.ReadAsync("k", () => 0, ConnectTags.Programs));
        await TestInstance.EventuallyAsync(async () => await second.ReadAsync("k", () => 0, ConnectTags.Programs) == 99);
    }

    private const string SilentBump = """
        insert into cache_generations as g (tag, generation, xid, reason, bumped_at)
        values ('programs', (extract(epoch from clock_timestamp()) * 1000000)::bigint, pg_current_xact_id(), 'silent', clock_timestamp())
        on conflict (tag) do update set generation = greatest(g.generation + 1, excluded.generation), xid = excluded.xid
        """;

    private static TestInstanceOptions Fast() => new() { Settings = { ["PollInterval"] = "00:00:00.100" } };

    /// <summary>Waits for a poll that was sent after this call.</summary>
    private static Task SweptAsync(TestInstance instance)
    {
        var before = instance.Generations.Current!.ConfirmedAt;
        return TestInstance.EventuallyAsync(() => instance.Generations.Current?.ConfirmedAt > before);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken);
    }
}
