using Connect.Caching.Generations;
using Connect.Caching.Tests.Instances;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Caching.Tests.Generations;

/// <summary>Queries for generations that fail although the database answers.</summary>
public sealed class GenerationLoaderTests(Servers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_query_is_repeated_once_if_the_poller_was_answered_meanwhile(bool isAnswered)
    {
        var database = servers.NewDatabase();
        await using var instance = await TestInstance.StartAsync(database, settings: new() { ["PollInterval"] = "00:01:00", ["LeaseDuration"] = "00:05:00" });
        await using var blocker = await BlockAsync(database);
        var generations = instance.Generations;
        var load = instance.Get<GenerationLoader>().LoadAsync(["new"]);

        // The query itself is sent again, where a pooled connection was broken. Then it has failed.
        await KillQueryAsync(database);
        if (isAnswered)
        {
            generations.Confirm(generations.Current!, position: long.MaxValue, TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        }

        await KillQueryAsync(database);
        if (isAnswered)
        {
            await blocker.DisposeAsync();
            Assert.Equal(0, (await load.WaitAsync(TestInstance.Token)).Generations.GetValueOrDefault("new"));
        }
        else
        {
            await Assert.ThrowsAsync<DatabaseUnavailableException>(() => load);
        }
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(30, false)]
    public async Task Query_is_repeated_once_if_its_time_out_came_far_too_late(int seconds, bool isRepeated)
    {
        var database = servers.NewDatabase();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var instance = await TestInstance.StartAsync(
            database, settings: new() { ["PollInterval"] = "00:01:00", ["LeaseDuration"] = "00:05:00", ["GenerationsTimeoutSeconds"] = "30" }, time: time);
        await using var blocker = await BlockAsync(database);
        var load = instance.Get<GenerationLoader>().LoadAsync(["new"]);
        await TestInstance.EventuallyAsync(async () => await CountQueriesAsync(database) == 1);

        time.Advance(TimeSpan.FromSeconds(seconds));

        if (isRepeated)
        {
            await TestInstance.EventuallyAsync(async () => await CountQueriesAsync(database) == 2);
            await blocker.DisposeAsync();
            Assert.Equal(0, (await load.WaitAsync(TestInstance.Token)).Generations.GetValueOrDefault("new"));
        }
        else
        {
            await Assert.ThrowsAsync<DatabaseUnavailableException>(() => load);
        }
    }

    // A connection that locks the table of generations: until it is closed, queries for generations wait.
    private static async Task<NpgsqlConnection> BlockAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestInstance.Token);
        await using var command = new NpgsqlCommand("begin; lock table cache_generations in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(TestInstance.Token);
        return connection;
    }

    // Waits until a query for generations waits for the table, and closes its connection.
    private static Task KillQueryAsync(string database) =>
        TestInstance.EventuallyAsync(async () => await AskAboutQueriesAsync(database, "pg_terminate_backend(pid)") is true);

    private static async Task<long> CountQueriesAsync(string database) => (long)(await AskAboutQueriesAsync(database, "count(*)"))!;

    // Of the queries for generations that wait for the table.
    private static async Task<object?> AskAboutQueriesAsync(string database, string column)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestInstance.Token);
        await using var command = new NpgsqlCommand(
            $"select {column} from pg_stat_activity where datname = current_database() "
            + "and application_name = 'connect-generations' and wait_event_type = 'Lock'", connection);
        return await command.ExecuteScalarAsync(TestInstance.Token);
    }
}
