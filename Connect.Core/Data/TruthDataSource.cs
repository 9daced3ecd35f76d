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
        };
        var feed = new NpgsqlConnectionStringBuilder(value.FeedConnectionString ?? direct)
        {
            Timeout = value.NumbersTimeoutSeconds,
            CommandTimeout = value.NumbersTimeoutSeconds,
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

    public void Dispose() => Pooled.Dispose();

    public ValueTask DisposeAsync() => Pooled.DisposeAsync();
}
