using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

/// <summary>No answer is older than an eviction, on any node, from any tier, whatever became of the messenger.</summary>
public sealed class FreshnessTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eviction_reaches_every_node_and_both_tiers()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var first = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var second = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var truth = 1; truth <= 20; truth++)
        {
            var value = truth;
            if (truth > 1)
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
    public async Task Sweep_finds_what_no_notification_told()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var node = await TestInstance.StartAsync(application, database.ConnectionString, Fast());
        Assert.Equal(1, await node.ReadAsync("k", () => 1, ConnectTags.Programs));

        await ExecuteAsync(database, SilentBump);

        await TestInstance.EventuallyAsync(async () => await node.ReadAsync("k", () => 2, ConnectTags.Programs) == 2);
    }

    [Fact]
    public async Task Sweep_finds_a_bump_that_committed_after_a_later_one()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var node = await TestInstance.StartAsync(application, database.ConnectionString, Fast());
        Assert.Equal(1, await node.ReadAsync("k", () => 1, ConnectTags.Programs));
        await using var slow = new NpgsqlConnection(database.ConnectionString);
        await slow.OpenAsync(CancellationToken);
        await using var transaction = await slow.BeginTransactionAsync(CancellationToken);
        await using (var bump = new NpgsqlCommand(SilentBump, slow, transaction))
        {
            await bump.ExecuteNonQueryAsync(CancellationToken);
        }

        // Later by number, by time and by transaction, but committed first; sweeps pass over it meanwhile.
        await node.EvictAsync(ConnectTags.Matches);
        await SweptAsync(node);
        await SweptAsync(node);
        await transaction.CommitAsync(CancellationToken);

        await TestInstance.EventuallyAsync(async () => await node.ReadAsync("k", () => 2, ConnectTags.Programs) == 2);
    }

    [Fact]
    public async Task Feed_that_was_cut_off_loses_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var reader = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var writer = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var truth = 1; truth <= 5; truth++)
        {
            var value = truth;
            await ExecuteAsync(
                database,
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'connect-feed' and datname = current_database()");
            await writer.EvictAsync(ConnectTags.Programs);

            await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => value, ConnectTags.Programs) == value);
            Assert.Equal(value, await reader.ReadAsync("k", () => value, ConnectTags.Programs));
        }
    }

    [Fact]
    public async Task Number_that_fell_ends_the_epoch()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var node = await TestInstance.StartAsync(application, database.ConnectionString, Fast());
        await node.EvictAsync(ConnectTags.Programs);
        await node.ReadAsync("k", () => 1, ConnectTags.Programs);
        var epoch = node.Generations.Current;

        await ExecuteAsync(database, "update cache_generations set generation = 5, xid = pg_current_xact_id()");

        await TestInstance.EventuallyAsync(() => epoch!.HasEnded && node.State.IsVerified);
        Assert.Equal(2, await node.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Node_whose_lease_ran_out_asks_and_still_hits()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var database = await TestDatabase.CreateAsync(application);
        await using var node = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Time = time, Settings = { ["PollInterval"] = "00:01:00" } });
        await using var writer = await TestInstance.StartAsync(application, database.ConnectionString);
        Assert.Equal(1, await node.ReadAsync("k", () => 1, ConnectTags.Programs));

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(node.State.IsVerified);

        var (value, trace) = await TestInstance.TraceAsync(async () => await node.ReadAsync("k", () => 2, ConnectTags.Programs));
        Assert.Equal(1, value);
        Assert.Equal(1, trace.GenerationQueries);
        Assert.Equal(CacheOutcome.Memory, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome);

        await writer.EvictAsync(ConnectTags.Programs);
        Assert.Equal(2, await node.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Keys_tags_and_everything_are_evicted_on_all_nodes()
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
        for (var truth = 1; truth <= evictions.Length; truth++)
        {
            var value = truth;
            Assert.Equal(value, await first.ReadAsync("k", () => value, ConnectTags.Programs));
            await TestInstance.EventuallyAsync(async () => await second.ReadAsync("k", () => value, ConnectTags.Programs) == value);
            await evictions[truth - 1](first.Cache);
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

    /// <summary>Waits for a sweep that was sent after this call.</summary>
    private static Task SweptAsync(TestInstance node)
    {
        var before = node.Generations.Current!.ConfirmedAt;
        return TestInstance.EventuallyAsync(() => node.Generations.Current?.ConfirmedAt > before);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken);
    }
}
