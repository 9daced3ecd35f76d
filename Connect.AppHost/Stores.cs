using Connect.AppHost.Servers.Postgres;
using Connect.AppHost.Servers.Redis;
using Microsoft.Extensions.Configuration;

namespace Connect.AppHost;

/// <summary>Postgres and Redis: containers when publishing or if a container engine answers, else programs of this machine.</summary>
internal static class Stores
{
    // The cache is disposable: no volume, and over its limit it evicts the least recently used keys.
    private static readonly string[] CacheLimits = ["--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"];

    /// <summary>
    /// Adds a database on a server named <c>postgres</c>. The setting <c>UseVolumes</c> says whether it is kept between
    /// runs, and <c>DataFolder</c> where a program keeps it: default <c>.connect</c> beside the AppHost.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectDatabase(
        this IDistributedApplicationBuilder builder, string name, bool inContainers)
    {
        var isKept = builder.Configuration.GetValue("UseVolumes", true);
        if (!inContainers)
        {
            var folder = Path.GetFullPath(builder.Configuration["DataFolder"] ?? Path.Combine("..", ".connect"), builder.AppHostDirectory);
            return builder.AddPostgresProgram("postgres", isKept ? Path.Combine(folder, "postgres") : null).AddDatabase(name);
        }

        var server = builder.AddPostgres("postgres");
        if (isKept)
        {
            server.WithDataVolume();
        }

        return server.AddDatabase(name);
    }

    /// <summary>Adds the cache.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectCache(
        this IDistributedApplicationBuilder builder, string name, bool inContainers) =>
        inContainers
            // The container's last argument is a command line for its shell: an argument behind it would not reach the
            // server.
            ? builder.AddRedis(name).WithArgs(static context => context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', CacheLimits)}")
            : builder.AddRedisProgram(name, arguments: CacheLimits);
}
