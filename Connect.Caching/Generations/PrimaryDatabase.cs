using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Connections to the primary database: pools with short time-outs, one for factories and one for generations, and unpooled
/// connections for the listener and the poller.
/// </summary>
public sealed class PrimaryDatabase : IAsyncDisposable, IDisposable
{
    private readonly string _unpooled;
    private readonly TimeProvider _time;

    // Waiting for a connection has a time-out of its own.
    private readonly TimeSpan _longestStatement;

    /// <param name="connectionString">The database with the data and its generations.</param>
    /// <param name="options">Time-outs, and the listener's connection string if it needs another one.</param>
    /// <param name="time">Measures whether a time-out came too late.</param>
    internal PrimaryDatabase(string connectionString, IOptions<CacheOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var value = options.Value;
        _time = time;
        _longestStatement = TimeSpan.FromSeconds(value.GenerationsTimeoutSeconds + value.FactoryTimeoutSeconds);
        var pooled = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "connect-reads",
            Timeout = value.GenerationsTimeoutSeconds,
            CommandTimeout = value.GenerationsTimeoutSeconds,

            // The same few statements are repeated, so they are parsed and planned once per connection.
            MaxAutoPrepare = value.MaxPreparedStatements,

            // After a time-out, do not wait for the server to confirm the cancellation.
            CancellationTimeout = -1,
        };
        var unpooled = new NpgsqlConnectionStringBuilder(value.ListenerConnectionString ?? connectionString)
        {
            Timeout = value.GenerationsTimeoutSeconds,
            CommandTimeout = value.GenerationsTimeoutSeconds,
            CancellationTimeout = -1,
            Pooling = false,
            Enlist = false,
        };

        // A standby may have older generations. Npgsql accepts the attribute with several hosts only.
        if (unpooled.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            unpooled.TargetSessionAttributes = "primary";
        }

        _unpooled = unpooled.ConnectionString;
        Pooled = Build(pooled);

        // One query runs at a time; another connection is there while one that timed out is being closed.
        Generations = Build(new(pooled.ConnectionString) { ApplicationName = "connect-generations", MinPoolSize = 0, MaxPoolSize = 2 });
    }

    /// <summary>Pooled, for factories and evictions.</summary>
    public NpgsqlDataSource Pooled { get; }

    /// <summary>Another pool, for generations: factories that hold every connection of the first one do not delay them.</summary>
    internal NpgsqlDataSource Generations { get; }

    /// <summary>
    /// A closed, unpooled connection for the caller: for session state such as <c>LISTEN</c> and session locks.
    /// </summary>
    /// <param name="applicationName">Its <c>application_name</c>.</param>
    public NpgsqlConnection CreateUnpooled(string applicationName) =>
        new(new NpgsqlConnectionStringBuilder(_unpooled) { ApplicationName = applicationName }.ConnectionString);

    /// <summary>Closes idle connections: after a restart or a failover they are broken.</summary>
    internal void Clear()
    {
        Pooled.Clear();
        Generations.Clear();
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>
    /// Runs a statement, and once more on a new connection if the pooled one was broken, or if this process was paused until the time was out.
    /// </summary>
    /// <param name="read">A statement that reads, or a write that may run twice.</param>
    public async Task<TResult> ReadAsync<TResult>(Func<Task<TResult>> read)
    {
        var startedAt = _time.GetTimestamp();
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (
            IsBrokenConnection(exception) || (IsTimeout(exception) && _time.GetElapsedTime(startedAt) >= _longestStatement))
        {
            Clear();
            return await read().ConfigureAwait(false);
        }
    }

    /// <summary>The same, on the caller's thread.</summary>
    internal TResult Read<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsBrokenConnection(exception))
        {
            Clear();
            return read();
        }
    }

    /// <summary>
    /// Whether the exception, or an inner one, is Npgsql's and means that Postgres is unreachable, starting, stopping or silent.
    /// Npgsql wraps what sockets and time-outs throw; where these come alone, somebody else did not answer.
    /// </summary>
    public static bool IsUnreachable(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case PostgresException postgres:
                    // 08: connection; 57P: shutting down or starting; 53300: no connection slot left.
                    return postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
                        || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
                        || postgres.SqlState == PostgresErrorCodes.TooManyConnections;
                case DatabaseUnavailableException:
                case NpgsqlException { IsTransient: true }:
                case NpgsqlException { InnerException: IOException or SocketException or TimeoutException }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a connection broke: a pooled one may have been dead for long, so a new one is worth a try. Not where the server
    /// refused a new one. A connection whose prepared statements are older than the columns that they read is as good as broken.
    /// </summary>
    internal static bool IsBrokenConnection(Exception exception) => IsOutdatedStatement(exception) || (
        exception is not DatabaseUnavailableException && IsUnreachable(exception) && !IsTimeout(exception)
        && exception is not PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow });

    // "cached plan must not change result type": a migration has changed a column meanwhile.
    private static bool IsOutdatedStatement(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported }
        || (exception.InnerException is { } inner && IsOutdatedStatement(inner));

    /// <summary>Whether the exception, or an inner one, means that Postgres did not answer in time.</summary>
    internal static bool IsTimeout(Exception? exception) =>
        exception is not null && (exception is TimeoutException || IsTimeout(exception.InnerException));

    public void Dispose()
    {
        Pooled.Dispose();
        Generations.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Pooled.DisposeAsync().ConfigureAwait(false);
        await Generations.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        return connection.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }
}
