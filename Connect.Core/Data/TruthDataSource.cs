using Connect.Core.Caching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Connect.Core.Data;

/// <summary>
/// The primary database as the cache reads it: a small pool with short time-outs for numbers and factories,
/// and unpooled connections for the feed and the sweep.
/// </summary>
public sealed class TruthDataSource : IAsyncDisposable, IDisposable
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "connectdb";

    private readonly string _unpooled;

    public TruthDataSource(IConfiguration configuration, IOptions<CacheOptions> options)
    {
        var value = options.Value;
        var direct = configuration.GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"The connection string '{ConnectionName}' is not configured.");

        var pooled = new NpgsqlConnectionStringBuilder(direct)
        {
            ApplicationName = "connect-reads",
            Timeout = value.NumbersTimeoutSeconds,
            CommandTimeout = value.NumbersTimeoutSeconds,

            // The same few statements again and again: parsed and planned once per connection.
            MaxAutoPrepare = value.MaxPreparedStatements,

            // A server that did not answer in time is not waited for to confirm that it stopped.
            CancellationTimeout = -1,
        };
        var feed = new NpgsqlConnectionStringBuilder(value.FeedConnectionString ?? direct)
        {
            Timeout = value.NumbersTimeoutSeconds,
            CommandTimeout = value.NumbersTimeoutSeconds,
            CancellationTimeout = -1,
            Pooling = false,
            Enlist = false,
        };

        // A standby would answer with yesterday's numbers. The attribute has a meaning with several hosts only.
        if (feed.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            feed.TargetSessionAttributes = "primary";
        }

        _unpooled = feed.ConnectionString;
        var builder = new NpgsqlDataSourceBuilder(pooled.ConnectionString);
        Pooled = pooled.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    /// <summary>Pooled, for numbers and factories.</summary>
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
        catch (Exception exception) when (TruthFailures.IsBrokenConnection(exception))
        {
            Clear();
            return await read().ConfigureAwait(false);
        }
    }

    public void Dispose() => Pooled.Dispose();

    public ValueTask DisposeAsync() => Pooled.DisposeAsync();
}
