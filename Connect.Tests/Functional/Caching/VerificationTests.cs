using System.Diagnostics;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Data.Programs;
using Connect.Testing.Faults;
using Connect.Tests.Distributed;
using Npgsql;

namespace Connect.Tests.Functional.Caching;

/// <summary>When an instance's generations are verified, and what ends that.</summary>
public sealed class VerificationTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generation_rises_although_the_database_s_clock_stands_behind_it()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        await instance.EvictAsync(ConnectTags.Programs);
        await ExecuteAsync(
            database.ConnectionString, "update cache_generations set generation = generation + 3600000000, xid = pg_current_xact_id()");
        var ahead = await GenerationAsync(database);

        await instance.EvictAsync(ConnectTags.Programs);

        Assert.Equal(ahead + 1, await GenerationAsync(database));
    }

    [Fact]
    public async Task Writer_that_does_not_hear_itself_goes_on_after_a_bounded_wait()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var gate = TcpGate.To(new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new()
        {
            Settings = { ["ListenerConnectionString"] = Through(database, gate.Port), ["OwnNotificationWait"] = "00:00:00.300", ["LeaseDuration"] = "00:05:00" },
        });
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
        gate.Hang();

        var started = Stopwatch.GetTimestamp();
        await instance.EvictAsync(ConnectTags.Programs);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        Assert.Equal(2, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Listener_without_notifications_is_not_verified_until_it_has_a_direct_way()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var pooler = TcpGate.WithoutNotifications(new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);
        var through = Through(database, pooler.Port);

        // As long as the listener would take to be verified on a direct way, and then some: it tests itself again and again.
        await using var deaf = await TestInstance.StartUnsyncedAsync(application, through);
        await using var direct = await TestInstance.StartAsync(
            application, through, new() { Settings = { ["ListenerConnectionString"] = database.ConnectionString } });

        Assert.False(deaf.State.HasSynced);
        Assert.Equal(1, await direct.ReadAsync("k", () => 1, ConnectTags.Programs));
        Assert.Equal(1, await deaf.ReadAsync("k", () => 2, ConnectTags.Programs));
        await direct.EvictAsync(ConnectTags.Programs);

        // It knows that it knows nothing, and asks for every read.
        var (value, trace) = await TestInstance.TraceAsync(async () => await deaf.ReadAsync("k", () => 3, ConnectTags.Programs));
        Assert.Equal((3, 1), (value, trace.GenerationQueries));
        Assert.False(deaf.State.HasSynced);
    }

    [Fact]
    public async Task Clock_that_is_an_hour_off_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var late = await TestInstance.StartAsync(application, database.ConnectionString, new() { Time = new ShiftedTime(TimeSpan.FromHours(-1)) });
        await using var early = await TestInstance.StartAsync(application, database.ConnectionString, new() { Time = new ShiftedTime(TimeSpan.FromHours(1)) });
        for (var expected = 1; expected <= 10; expected++)
        {
            var value = expected;
            var (writer, reader) = expected % 2 == 0 ? (late, early) : (early, late);
            await writer.EvictAsync(ConnectTags.Programs);
            Assert.Equal(value, await writer.ReadAsync("k", () => value, ConnectTags.Programs));
            await TestInstance.EventuallyAsync(async () => await reader.ReadAsync("k", () => value, ConnectTags.Programs) == value);
            Assert.True(reader.State.IsVerified);
        }
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Clock_that_jumps_ends_the_lease_until_the_next_poll(int seconds)
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Time = time, Settings = { ["PollInterval"] = "00:01:00", ["LeaseDuration"] = "00:05:00" } });
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
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(
            application, database.ConnectionString, new() { Settings = { ["PollInterval"] = "00:00:00.100" } });
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
        var session = instance.Generations.Current!;

        // To this process the log of a restored copy is shorter than the one that it saw.
        instance.Generations.Confirm(session, long.MaxValue, session.ConfirmedAt, TimeProvider.System.GetUtcNow());
        await TestInstance.EventuallyAsync(() => session.HasEnded && instance.State.IsVerified);

        Assert.Equal(2, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
        Assert.Equal(1L, await ScalarAsync(
            database.ConnectionString, "select count(*) from cache_generations where tag = '#*' and reason = 'history-went-back'"));

        // Once: the shorter log is the one that counts from then on.
        Assert.False(instance.Generations.IsBehind(long.MaxValue - 1));
    }

    [Fact]
    public async Task Another_database_under_the_same_name_inherits_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        var redis = new RecordingCache();
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString, new() { Redis = redis });
        Assert.Equal(1, await instance.ReadAsync("k", () => 1, ConnectTags.Programs));
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        var before = instance.Generations.Current!.Identity;

        // A copy with the same generations, as a restored dump has them. Nobody may be connected to what is copied.
        await TestInstance.EventuallyAsync(async () =>
        {
            try
            {
                await ExecuteAsync(server, $"alter database {name} with allow_connections false");
                await ExecuteAsync(
                    server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
                await ExecuteAsync(server, $"create database {name}_copy template {name}");
                return true;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse)
            {
                return false;
            }
        });
        await ExecuteAsync(server, $"drop database {name} with (force)");
        await ExecuteAsync(server, $"alter database {name}_copy rename to {name}");
        await TestInstance.EventuallyAsync(() => instance.State.IsVerified && instance.Generations.Current?.Identity != before);

        Assert.Equal(2, await instance.ReadAsync("k", () => 2, ConnectTags.Programs));
    }

    [Fact]
    public async Task Connections_that_died_in_the_pool_fail_no_request()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        for (var round = 0; round < 5; round++)
        {
            // Several idle connections, all of them dead, the listener's apart.
            await Task.WhenAll(Enumerable.Range(0, 5).Select(async key => await instance.Get<ProgramReader>().GetActiveAsync(CancellationToken)));
            await ExecuteAsync(
                database.ConnectionString,
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'connect-reads' and datname = current_database()");
            await instance.EvictAsync(ConnectTags.Programs);

            Assert.Equal(round, await instance.ReadAsync($"k{round}", () => round, $"t{round}"));
            Assert.Empty((await instance.Get<ProgramReader>().GetActiveAsync(CancellationToken)).Programs);
        }
    }

    private static string Through(TestDatabase database, int port) =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    private static async Task<long> GenerationAsync(TestDatabase database) =>
        (long)(await ScalarAsync(database.ConnectionString, "select generation from cache_generations where tag = 'programs'"))!;

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(CancellationToken);
    }

    private static Task<object?> ExecuteAsync(string connectionString, string sql) => ScalarAsync(connectionString, sql);
}
