using System.Net.Sockets;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Connect.Caching.Tests.Generations;

public sealed class PrimaryDatabaseTests
{
    [Theory]
    [InlineData("08006", true, true)]
    [InlineData("57P01", true, true)]
    [InlineData("57P03", true, false)]
    [InlineData("53300", true, false)]
    [InlineData("23505", false, false)]
    [InlineData("40001", false, false)]
    [InlineData("57014", false, false)]
    public void Error_of_the_server_tells_by_its_code_whether_it_is_unreachable(string state, bool isUnreachable, bool isBroken)
    {
        var exception = new PostgresException("refused", "FATAL", "FATAL", state);

        Assert.Equal(isUnreachable, PrimaryDatabase.IsUnreachable(exception));
        Assert.Equal(isUnreachable, PrimaryDatabase.IsUnreachable(new InvalidOperationException("outer", exception)));
        Assert.Equal(isBroken, PrimaryDatabase.IsBrokenConnection(exception));
        Assert.False(PrimaryDatabase.IsTimeout(exception));
    }

    [Fact]
    public void Failure_of_the_connection_is_unreachable_and_broken_unless_it_is_a_time_out()
    {
        AssertIs(unreachable: true, broken: true, timeout: false, new NpgsqlException("refused", new SocketException()));
        AssertIs(unreachable: true, broken: true, timeout: false, new NpgsqlException("lost", new IOException()));
        AssertIs(unreachable: true, broken: false, timeout: true, new NpgsqlException("late", new TimeoutException()));
        AssertIs(unreachable: true, broken: false, timeout: false, new DatabaseUnavailableException(new IOException()));
        AssertIs(unreachable: false, broken: false, timeout: false, new NpgsqlException("refused"));
        AssertIs(unreachable: false, broken: false, timeout: false, new IOException());
        AssertIs(unreachable: false, broken: false, timeout: false, new InvalidOperationException());

        // Not Npgsql's: what a factory asked besides the database.
        AssertIs(unreachable: false, broken: false, timeout: false, new SocketException());
        AssertIs(unreachable: false, broken: false, timeout: true, new TimeoutException());
        AssertIs(unreachable: false, broken: false, timeout: false, new HttpRequestException("refused", new SocketException()));
        Assert.False(PrimaryDatabase.IsTimeout(null));
    }

    [Fact]
    public void Statement_older_than_the_columns_that_it_reads_is_worth_a_new_connection()
    {
        var outdated = new PostgresException("cached plan must not change result type", "ERROR", "ERROR", PostgresErrorCodes.FeatureNotSupported);

        AssertIs(unreachable: false, broken: true, timeout: false, outdated);
        AssertIs(unreachable: false, broken: true, timeout: false, new InvalidOperationException("wrapped", outdated));
    }

    [Fact]
    public async Task Connections_have_the_settings_and_names_of_their_purposes()
    {
        const string Database = "Host=127.0.0.1;Port=1;Database=shop";
        var options = Options.Create(new CacheOptions { GenerationsTimeoutSeconds = 3, MaxPreparedStatements = 7 });
        await using var database = new PrimaryDatabase(Database, options, TimeProvider.System);
        options.Value.ListenerConnectionString = "Host=127.0.0.1,127.0.0.2;Port=2;Database=direct";
        await using var direct = new PrimaryDatabase(Database, options, TimeProvider.System);

        NpgsqlConnectionStringBuilder[] connections =
        [
            new(database.Pooled.ConnectionString), new(database.Generations.ConnectionString),
            new(database.CreateUnpooled("listener").ConnectionString), new(direct.CreateUnpooled("listener").ConnectionString),
        ];

        Assert.All(connections, connection => Assert.Equal((3, 3, -1), (connection.Timeout, connection.CommandTimeout, connection.CancellationTimeout)));
        Assert.Equal(["connect-reads", "connect-generations", "listener", "listener"], connections.Select(connection => connection.ApplicationName));
        Assert.Equal([7, 7, 0, 0], connections.Select(connection => connection.MaxAutoPrepare));
        Assert.Equal([true, true, false, false], connections.Select(connection => connection.Pooling));
        Assert.Equal([true, true, false, false], connections.Select(connection => connection.Enlist));
        Assert.Equal(["shop", "shop", "shop", "direct"], connections.Select(connection => connection.Database));
        Assert.Equal((0, 2), (connections[1].MinPoolSize, connections[1].MaxPoolSize));

        // Of several hosts, the primary.
        Assert.Equal([null, null, null, "primary"], connections.Select(connection => connection.TargetSessionAttributes));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1.9, false)]
    public async Task Statement_runs_once_more_if_its_time_out_came_too_late(double seconds, bool isRepeated)
    {
        var time = new FakeTimeProvider();
        await using var database = new PrimaryDatabase("Host=127.0.0.1;Port=1;Database=shop", Options.Create(new CacheOptions()), time);
        var runs = 0;

        var run = database.ReadAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return ++runs == 1 ? Task.FromException<int>(new NpgsqlException("late", new TimeoutException())) : Task.FromResult(runs);
        });

        if (isRepeated)
        {
            Assert.Equal(2, await run);
        }
        else
        {
            await Assert.ThrowsAsync<NpgsqlException>(() => run);
            Assert.Equal(1, runs);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pools_are_closed_with_it(bool isAsynchronous)
    {
        var database = new PrimaryDatabase("Host=127.0.0.1;Port=1;Database=shop", Options.Create(new CacheOptions()), TimeProvider.System);
        if (isAsynchronous)
        {
            await database.DisposeAsync();
        }
        else
        {
            database.Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => database.Pooled.OpenConnection());
        Assert.Throws<ObjectDisposedException>(() => database.Generations.OpenConnection());
    }

    private static void AssertIs(bool unreachable, bool broken, bool timeout, Exception exception) => Assert.Equal(
        (exception.Message, unreachable, broken, timeout),
        (exception.Message, PrimaryDatabase.IsUnreachable(exception), PrimaryDatabase.IsBrokenConnection(exception), PrimaryDatabase.IsTimeout(exception)));
}
