using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Faults;
using Connect.Testing.Instances;

namespace Connect.Caching.Tests.Generations;

/// <summary>While Postgres cannot be reached: what is known goes on, marked; what is not known says so soon.</summary>
public sealed class DatabaseAwayTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1.5);
    private static readonly CacheLayer Members = new("members", "members:", TimeSpan.FromHours(1), TimeSpan.FromHours(1)) { Authorizes = true };

    private readonly string _database;
    private readonly TcpGate _gate;
    private readonly RecordingCache _redis = new();

    public DatabaseAwayTests(Servers servers)
    {
        _database = servers.NewDatabase();
        _gate = TcpGate.To(Sql.PortOf(_database));
    }

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task Known_answers_go_on_marked_stale_and_recover_without_a_restart()
    {
        await using var instance = await StartAsync();
        await using var writer = await TestInstance.StartAsync(_database);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));

        await CloseAsync(instance);
        var (value, trace) = await TestInstance.TraceAsync(() => instance.ReadAsync("k", () => 2, "t"));
        await writer.EvictAsync("t");

        Assert.Equal((1, CacheOutcome.Stale), (value, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome));
        Assert.True(instance.State.HasSynced);

        _gate.Open();
        await TestInstance.EventuallyAsync(() => instance.State.IsVerified);
        Assert.Equal(3, await instance.ReadAsync("k", () => 3, "t"));
    }

    [Fact]
    public async Task Unknown_answers_are_refused_soon()
    {
        await using var instance = await StartAsync();
        await CloseAsync(instance);

        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.ReadAsync("k", () => 1, "t"));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task Silent_database_is_not_waited_for_longer_than_said()
    {
        await using var instance = await StartAsync(lease: "00:05:00");
        Assert.Equal(1, await instance.ReadAsync("other", () => 1, "t"));

        // The lease has not run out; it is the computation's own query that meets the silence.
        _gate.Hang();
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.Cache.GetOrCreateAsync(
            "k",
            async token =>
            {
                await using var command = instance.Get<PrimaryDatabase>().Pooled.CreateCommand("select 1");
                return (int)(await command.ExecuteScalarAsync(token))!;
            },
            tags: ["t"], cancellationToken: TestInstance.Token));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task Silence_is_waited_for_once_and_not_by_every_read()
    {
        await using var instance = await StartAsync();
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        _gate.Hang();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);

        // The first to ask waits out the time-out; what it learned holds for those after it.
        Assert.Equal(1, await instance.ReadAsync("k", () => 2, "t"));
        var started = Stopwatch.GetTimestamp();
        for (var read = 0; read < 100; read++)
        {
            Assert.Equal(1, await instance.ReadAsync("k", () => 2, "t"));
        }

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Known_answer_that_authorizes_is_not_refused_at_the_moment_of_the_databases_return()
    {
        await using var instance = await StartAsync();

        // After reconnecting, the listener's session is not verified before the first poll, a few milliseconds later.
        for (var outage = 0; outage < 5; outage++)
        {
            await AssertKnownAsync();
            await CloseAsync(instance);

            // Reads are refused to ask for a fifth of a second after each attempt, and the listener tries as often: so at every
            // offset between the two.
            var closed = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(closed) < TimeSpan.FromMilliseconds(200 + (outage * 60)))
            {
                await AssertKnownAsync();
            }

            _gate.Open();
            while (!instance.State.IsVerified)
            {
                await AssertKnownAsync();
            }
        }

        async Task AssertKnownAsync() => Assert.Equal(1, await instance.ReadAsync("members:1", () => 1, "t"));
    }

    [Fact]
    public async Task Known_answer_that_authorizes_is_not_refused_when_a_session_begins_after_its_query_failed()
    {
        await using var listened = TcpGate.To(Sql.PortOf(_database));
        await using var instance = await StartAsync(listened: listened);
        Assert.Equal(1, await instance.ReadAsync("members:1", () => 1, "t"));
        await CloseAsync(instance, listened);

        // However many connections the read tries before it gives up, the session is younger than its last query.
        for (var broken = 1; broken <= 6; broken++)
        {
            var last = instance.Generations.Last!;
            instance.Generations.Begin(new(last.Identity, last.Watermark, maxTags: 10) { BegunAt = long.MaxValue }, position: 0);
            instance.Get<PrimaryDatabase>().Clear();
            _gate.BreakNext(broken);

            Assert.Equal(1, await instance.ReadAsync("members:1", () => 1, "t"));
        }
    }

    [Fact]
    public async Task Overtaken_answer_that_authorizes_is_refused_but_another_one_is_served()
    {
        await using var instance = await StartAsync();
        Assert.Equal((1, 2, 3), await ReadAllAsync(1, 2, 3));

        // The instance hears of the eviction, and then has no way to learn the new value.
        await instance.EvictAsync("t");
        await CloseAsync(instance);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(async () => await instance.ReadAsync("members:1", () => 7, "t"));
        Assert.Equal(2, await instance.ReadAsync("members:2", () => 7, "other"));
        Assert.Equal(3, await instance.ReadAsync("list", () => 7, "t"));

        async Task<(int, int, int)> ReadAllAsync(int first, int second, int list) => (
            await instance.ReadAsync("members:1", () => first, "t"), await instance.ReadAsync("members:2", () => second, "other"),
            await instance.ReadAsync("list", () => list, "t"));
    }

    [Fact]
    public async Task Stale_input_never_becomes_a_stored_value()
    {
        await using var instance = await StartAsync();
        Assert.Equal(11, await ReadSumAsync(instance));
        await TestInstance.EventuallyAsync(() => _redis.Entries.Count == 2);

        await instance.EvictAsync("sum");
        await CloseAsync(instance);
        var (value, trace) = await TestInstance.TraceAsync(() => ReadSumAsync(instance));

        // The sum is asked for anew. Its input is known, as a last good value; it must not be built of that.
        Assert.Equal((11, CacheOutcome.Stale), (value, trace.ReadOf(CacheLayerRegistry.Other)?.Outcome));
        Assert.Equal(2, _redis.Entries.Count);
    }

    private static ValueTask<int> ReadSumAsync(TestInstance instance) => instance.Cache.GetOrCreateAsync(
        "sum", async _ => 10 + await instance.ReadAsync("part", () => 1, "part"), tags: ["sum"], cancellationToken: TestInstance.Token);

    private Task<TestInstance> StartAsync(string lease = "00:00:00.500", TcpGate? listened = null) => TestInstance.StartAsync(
        Sql.Through(_database, _gate.Port), _redis, cache => cache.AddLayer(Members),
        new()
        {
            ["PollInterval"] = "00:00:00.100",
            ["LeaseDuration"] = lease,
            ["GenerationsTimeoutSeconds"] = "1",
            ["ListenerConnectionString"] = Sql.Through(_database, (listened ?? _gate).Port),
        });

    private async Task CloseAsync(TestInstance instance, TcpGate? listened = null)
    {
        (listened ?? _gate).Close();
        await TestInstance.EventuallyAsync(() => !instance.State.IsVerified);
    }
}
