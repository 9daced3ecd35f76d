using Connect.Caching.Layers;
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
    public PrimaryDatabase(string connectionString, IOptions<CacheOptions> options)
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
    public void Clear()
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
        catch (Exception exception) when (DatabaseFailures.IsBrokenConnection(exception))
        {
            Clear();
            return await read().ConfigureAwait(false);
        }
    }

    public void Dispose() => Pooled.Dispose();

    public ValueTask DisposeAsync() => Pooled.DisposeAsync();
}
