using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Connect.ServiceDefaults;

/// <summary>
/// Replaces the package <c>Aspire.StackExchange.Redis.DistributedCaching</c> for package feeds without it (the property
/// <c>AspireDistributedCaching</c> takes the package instead).
/// </summary>
internal static class RedisDistributedCache
{
    /// <summary>Registers the connection and <c>IDistributedCache</c> on it.</summary>
    public static void AddRedisDistributedCache(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings> configureSettings,
        Action<ConfigurationOptions> configureOptions)
    {
        builder.AddRedisClient(connectionName, configureSettings, configureOptions);
        builder.Services.AddStackExchangeRedisCache(static _ => { });
        builder.Services.AddOptions<RedisCacheOptions>().Configure<IServiceProvider>(static (options, services) =>
            options.ConnectionMultiplexerFactory = () => Task.FromResult(services.GetRequiredService<IConnectionMultiplexer>()));
    }
}
