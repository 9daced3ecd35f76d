using Connect.ServiceDefaults.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Connect.ServiceDefaults;

/// <summary>The client integrations of Postgres and Redis, set up alike in every service.</summary>
public static class StoresRegistration
{
    // Two retries for short disturbances; with the defaults a request would wait a minute for its error.
    private const int Retries = 2;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(250);

    private const int RedisTimeoutMilliseconds = 500;
    private const int RedisConnectTimeoutMilliseconds = 1000;

    /// <summary>
    /// Registers <typeparamref name="TContext"/> on <c>connectdb</c> (pooled, with two short retries) and the
    /// distributed cache on <c>cache</c>. Health checks of both are left to the services: neither being away makes one
    /// unhealthy.
    /// </summary>
    public static void AddConnectStores<TContext>(this IHostApplicationBuilder builder, Action<DbContextOptionsBuilder> configure)
        where TContext : DbContext
    {
        var isMeasured = TelemetryRegistration.IsEnabled(builder.Configuration);
        var isTraced = TelemetryRegistration.IsExported(builder.Configuration);
        builder.AddNpgsqlDbContext<TContext>(
            "connectdb",
            settings =>
            {
                (settings.DisableHealthChecks, settings.DisableRetry) = (true, true);
                (settings.DisableTracing, settings.DisableMetrics) = (!isTraced, !isMeasured);
            },
            options =>
            {
                options.UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(Retries, MaxRetryDelay, errorCodesToAdd: null));
                configure(options);
            });

        builder.AddRedisDistributedCache(
            "cache", settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, !isTraced), ConfigureRedis);
    }

    /// <summary>
    /// Makes commands fail at once while Redis is away. By default the client queues them, and each miss takes five
    /// seconds.
    /// </summary>
    public static void ConfigureRedis(ConfigurationOptions options)
    {
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = RedisTimeoutMilliseconds;
        options.SyncTimeout = RedisTimeoutMilliseconds;
        options.ConnectTimeout = RedisConnectTimeoutMilliseconds;
    }
}
