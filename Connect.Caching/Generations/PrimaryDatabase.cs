using Connect.Caching.Layers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Caching.Generations;

/// <summary>
/// The primary database as the cache reads it: a small pool with short time-outs for generations and factories,
/// and unpooled connections for the listener and the poller.
/// </summary>
public sealed class PrimaryDatabase : IAsyncDisposable, IDisposable
{
    private readonly string _unpooled;

    /// <param name="connectionString">Of the database that holds the data and its generations.</param>
    /// <param name="options">Time-outs, and a connection string for the listener where it needs another.</param>
    public PrimaryDatabase(string connectionString, IOptions<CacheOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var value = options.Value;
        var pooled = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "connect-reads",
            Timeout = value.GenerationsTimeoutSeconds,
            CommandTimeout = value.GenerationsTimeoutSeconds,

            // The same few statements again and again: parsed and planned once per connection.
            MaxAutoPrepare = value.MaxPreparedStatements,

            // A server that did not answer in time is not waited for to confirm that it stopped.
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

        // A standby would answer with yesterday's generations. The attribute has a meaning with several hosts only.
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
    /// An unpooled connection of the caller's own, not opened: for what lives and dies with a session, such as
    /// <c>LISTEN</c> and session locks.
    /// </summary>
    /// <param name="applicationName">What the server calls it.</param>
    public NpgsqlConnection CreateUnpooled(string applicationName) =>
        new(new NpgsqlConnectionStringBuilder(_unpooled) { ApplicationName = applicationName }.ConnectionString);

    /// <summary>Lets go of every idle connection: after a restart or a failover they lead nowhere.</summary>
    public void Clear()
    {
        Pooled.Clear();
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Reads, and once more on a new connection where the one from the pool turns out to be broken.</summary>
    /// <param name="read">Changes nothing, or the same when it runs twice.</param>
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
