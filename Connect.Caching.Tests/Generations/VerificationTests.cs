using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Caching.Tests.Instances;
using Connect.Testing.Faults;
using Connect.Testing.Instances;
using Npgsql;

namespace Connect.Caching.Tests.Generations;

/// <summary>When an instance's generations are verified, and what ends that.</summary>
public sealed class VerificationTests(Servers servers)
{
    [Fact]
    public async Task Generation_rises_although_the_database_s_clock_stands_behind_it()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        await instance.EvictAsync("t");
        await Sql.ExecuteAsync(
            database, "update cache_generations set generation = generation + 3600000000, xid = pg_current_xact_id()");
        var ahead = (await Sql.ReadGenerationsAsync(database))["t"];

        await instance.EvictAsync("t");

        Assert.Equal(ahead + 1, (await Sql.ReadGenerationsAsync(database))["t"]);
    }

    [Fact]
    public async Task Writer_that_does_not_hear_itself_goes_on_after_a_bounded_wait()
    {
        var database = servers.NewDatabase();
        await using var gate = TcpGate.To(Sql.PortOf(database));
        await using var instance = await TestInstance.StartAsync(database, settings: new() { ["ListenerConnectionString"] = Sql.Through(database, gate.Port), ["OwnNotificationWait"] = "00:00:00.300", ["LeaseDuration"] = "00:05:00" });
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        gate.Hang();

        var started = Stopwatch.GetTimestamp();
        await instance.EvictAsync("t");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Listener_without_notifications_is_not_verified_until_it_has_a_direct_way()
    {
        var database = servers.NewDatabase();
        await using var pooler = TcpGate.WithoutNotifications(Sql.PortOf(database));
        var through = Sql.Through(database, pooler.Port);
        var redis = new RecordingCache();

        // The direct one's start takes as long as the other's would on a direct way, and then some: that one tests itself again and again.
        await using var deaf = await TestInstance.StartAsync(through, redis, isVerified: false);
        await using var direct = await TestInstance.StartAsync(
            through, redis, settings: new() { ["ListenerConnectionString"] = database });

        Assert.False(deaf.State.HasSynced);
        Assert.Equal(1, await direct.ReadAsync("k", () => 1, "t"));
        Assert.Equal(1, await deaf.ReadAsync("k", () => 2, "t"));
        await direct.EvictAsync("t");

        // It knows that it knows nothing, and asks for every read.
        var (value, trace) = await TestInstance.TraceAsync(() => deaf.ReadAsync("k", () => 3, "t"));
        Assert.Equal((3, 1), (value, trace.GenerationQueries));
        Assert.False(deaf.State.HasSynced);
    }

    [Fact]
    public async Task Clock_that_is_an_hour_off_changes_nothing()
    {
        var database = servers.NewDatabase();
        await using var late = await TestInstance.StartAsync(database, time: new ShiftedTime(TimeSpan.FromHours(-1)));
        await using var early = await TestInstance.StartAsync(database, time: new ShiftedTime(TimeSpan.FromHours(1)));
        for (var expected = 1; expected <= 10; expected++)
        {
            var value = expected;
            var (writer, reader) = expected % 2 == 0 ? (late, early) : (early, late);
            await writer.EvictAsync("t");
            Assert.Equal(value, await writer.ReadAsync("k", () => value, "t"));
            await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => value, "t") == value);
            Assert.True(reader.State.IsVerified);
        }
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Clock_that_jumps_ends_the_lease_until_the_next_poll(int seconds)
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(
            database, time: time, settings: new() { ["PollInterval"] = "00:01:00", ["LeaseDuration"] = "00:05:00" });
        Assert.True(instance.State.IsVerified);

        // As after the sleep of a machine, during which the monotonic clock stood still.
        time.SetOffset(TimeSpan.FromSeconds(seconds));

        Assert.False(instance.State.IsVerified);
        instance.Get<GenerationPoller>().Wake();
        await TestInstance.EventuallyAsync(() => instance.State.IsVerified);
    }

    [Fact]
    public async Task Database_that_went_back_in_its_own_history_evicts_everything()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(
            database, settings: new() { ["PollInterval"] = "00:00:00.100" });
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        var session = instance.Generations.Current!;

        // To this process the log of a restored copy is shorter than the one that it saw.
        instance.Generations.Confirm(session, long.MaxValue, session.ConfirmedAt, TimeProvider.System.GetUtcNow());
        await TestInstance.EventuallyAsync(() => session.HasEnded && instance.State.IsVerified);

        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "t"));
        Assert.Equal(1L, await Sql.ExecuteAsync(
            database, "select count(*) from cache_generations where tag = '#*' and reason = 'history-went-back'"));

        // Once: the shorter log is the one that counts from then on.
        Assert.False(instance.Generations.IsBehind(long.MaxValue - 1));
    }

    [Fact]
    public async Task Another_database_under_the_same_name_inherits_nothing()
    {
        var database = servers.NewDatabase();
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(database, redis);
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, "t"));
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        var server = new NpgsqlConnectionStringBuilder(database) { Database = "postgres", Pooling = false }.ConnectionString;
        var before = instance.Generations.Current!.Identity;

        // A copy has the same generations, as a restored dump does. PostgreSQL copies a database only without connections to it.
        await TestInstance.EventuallyAsync(async () =>
        {
            try
            {
                await Sql.ExecuteAsync(server, $"alter database {name} with allow_connections false");
                await Sql.ExecuteAsync(
                    server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
                await Sql.ExecuteAsync(server, $"create database {name}_copy template {name}");
                return true;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse)
            {
                return false;
            }
        });
        await Sql.ExecuteAsync(server, $"drop database {name} with (force)");
        await Sql.ExecuteAsync(server, $"alter database {name}_copy rename to {name}");
        await TestInstance.EventuallyAsync(() => instance.State.IsVerified && instance.Generations.Current?.Identity != before);

        Assert.Equal(2, await instance.ReadAsync("k", () => 2, "t"));
    }

    [Fact]
    public async Task Connections_that_died_in_the_pool_fail_no_request()
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database);
        for (var round = 0; round < 5; round++)
        {
            // Several idle connections, all of them dead, the listener's apart.
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CountAsync()));
            await Sql.ExecuteAsync(
                database,
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'connect-reads' and datname = current_database()");
            await instance.EvictAsync("t");

            Assert.Equal(round, await instance.ReadAsync($"k{round}", () => round, $"t{round}"));
            Assert.Equal(0L, await instance.Cache.GetOrCreateAsync($"count{round}", async _ => await CountAsync(), cancellationToken: TestInstance.Token));
        }

        async Task<long> CountAsync()
        {
            await using var command = instance.Get<PrimaryDatabase>().Pooled.CreateCommand("select count(*) from \"Visits\"");
            return (long)(await command.ExecuteScalarAsync(TestInstance.Token))!;
        }
    }
}
