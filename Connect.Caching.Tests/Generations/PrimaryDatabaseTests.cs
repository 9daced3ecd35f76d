using System.Net.Sockets;
using Connect.Caching.Generations;
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

    private static void AssertIs(bool unreachable, bool broken, bool timeout, Exception exception) => Assert.Equal(
        (exception.Message, unreachable, broken, timeout),
        (exception.Message, PrimaryDatabase.IsUnreachable(exception), PrimaryDatabase.IsBrokenConnection(exception), PrimaryDatabase.IsTimeout(exception)));
}
