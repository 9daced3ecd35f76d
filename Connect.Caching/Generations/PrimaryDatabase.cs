using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// Connections to the primary database: a small pool with short time-outs for generations and factories, and unpooled
/// connections for the listener and the poller.
/// </summary>
public sealed class PrimaryDatabase : IAsyncDisposable, IDisposable
{
    private readonly string _unpooled;

    /// <param name="connectionString">The database with the data and its generations.</param>
    /// <param name="options">Time-outs, and the listener's connection string if it needs another one.</param>
    internal PrimaryDatabase(string connectionString, IOptions<CacheOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var value = options.Value;
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
        var builder = new NpgsqlDataSourceBuilder(pooled.ConnectionString);
        Pooled = pooled.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    /// <summary>Pooled, for generations and factories.</summary>
    public NpgsqlDataSource Pooled { get; }

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
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Reads, and reads once more on a new connection if the pooled one was broken.</summary>
    /// <param name="read">A read, or a write that may run twice.</param>
    public async Task<TResult> ReadAsync<TResult>(Func<Task<TResult>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsBrokenConnection(exception))
        {
            Clear();
            return await read().ConfigureAwait(false);
        }
    }

    /// <summary>Whether the exception, or an inner one, means that Postgres is unreachable, starting, stopping or silent.</summary>
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
                case NpgsqlException { IsTransient: true } or SocketException or TimeoutException:
                case NpgsqlException { InnerException: IOException or SocketException or TimeoutException }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a connection broke without an answer of the server: a pooled one may have been dead for long, so a new
    /// one is worth a try.
    /// </summary>
    internal static bool IsBrokenConnection(Exception exception) =>
        exception is not DatabaseUnavailableException && IsUnreachable(exception) && !IsTimeout(exception);

    /// <summary>Whether the exception, or an inner one, means that Postgres did not answer in time.</summary>
    internal static bool IsTimeout(Exception? exception) =>
        exception is not null && (exception is TimeoutException || IsTimeout(exception.InnerException));

    public void Dispose() => Pooled.Dispose();

    public ValueTask DisposeAsync() => Pooled.DisposeAsync();
}
