using System.Globalization;
using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Data;
using Connect.Data.Model;
using Connect.Testing.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Connect.Testing.Instances;

/// <summary>
/// A process with a <see cref="HybridCache"/>, stock or Connect's, on shared servers. It carries out the lines of its
/// standard input, <c>get</c>, <c>get-redis</c> (past its memory), <c>set N</c>, <c>evict</c>, <c>change N STEP</c> (as product code
/// does, dying at a <see cref="SuddenDeath"/> step), <c>quit</c>, and answers each with one line. The cached value is the
/// one number in the table <c>cache_instance_value</c>.
/// </summary>
internal static class CacheInstance
{
    public const string Verb = "cache-instance";

    /// <summary>The arguments of the process.</summary>
    public const string Usage = Verb + " <" + Stock + "|" + Generational + "> <postgres connection string> <redis configuration>";

    public const string Stock = "stock";
    public const string Generational = "generational";

    private const string Key = "cache-instance:number";
    private const string Tag = "cache-instance";

    /// <summary>Serves until <c>quit</c> or the end of input.</summary>
    public static async Task<int> RunAsync(string kind, string database, string redis)
    {
        using var host = Build(kind, database, redis);
        await host.StartAsync();
        if (kind == Generational)
        {
            await host.Services.GetRequiredService<CacheState>().FirstSync;
        }

        await using var source = NpgsqlDataSource.Create(database);
        var cache = host.Services.GetRequiredService<HybridCache>();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line and not "quit")
        {
            Console.WriteLine(await ObeyAsync(line, host.Services, cache, source));
        }

        await host.StopAsync();
        return 0;
    }

    private static IHost Build(string kind, string database, string redis)
    {
        var builder = Host.CreateApplicationBuilder();

        // Standard output belongs to the answers.
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>($"ConnectionStrings:{DataRegistration.ConnectionName}", database)]);
        builder.Services.AddStackExchangeRedisCache(options => options.Configuration = redis);
        if (kind == Stock)
        {
            builder.Services.AddHybridCache();
            return builder.Build();
        }

        builder.Services.AddSingleton<SuddenDeath>();
        builder.Services.AddDbContextPool<ConnectDbContext>((provider, options) =>
        {
            options.UseNpgsql(database);
            options.AddInterceptors(provider.GetRequiredService<SuddenDeath>());
            ConnectDbContext.Configure(options);
        });
        builder.Services.AddConnectCaching();
        return builder.Build();
    }

    private static async Task<string> ObeyAsync(string line, IServiceProvider services, HybridCache cache, NpgsqlDataSource source)
    {
        switch (line.Split(' '))
        {
            case ["change", var number, var step]:
                await services.GetRequiredService<SuddenDeath>().ChangeAsync(
                    services.GetRequiredService<CacheTransaction<ConnectDbContext>>(), services.GetRequiredService<GenerationState>(),
                    int.Parse(number, CultureInfo.InvariantCulture), Tag, step);
                return "ok";
            case ["get"]:
                return await ReadAsync(cache, source, HybridCacheEntryFlags.None);
            case ["get-redis"]:
                return await ReadAsync(cache, source, HybridCacheEntryFlags.DisableLocalCacheRead);
            case ["set", var number]:
                await using (var command = source.CreateCommand("update cache_instance_value set number = $1"))
                {
                    command.Parameters.Add(new() { Value = int.Parse(number, CultureInfo.InvariantCulture) });
                    await command.ExecuteNonQueryAsync();
                }

                return "ok";
            case ["evict"]:
                await cache.RemoveByTagAsync(Tag);
                return "ok";
            default:
                return "unknown command";
        }
    }

    private static async Task<string> ReadAsync(HybridCache cache, NpgsqlDataSource source, HybridCacheEntryFlags flags)
    {
        var number = await cache.GetOrCreateAsync(
            Key,
            source,
            static async (primary, cancellationToken) =>
            {
                await using var command = primary.CreateCommand("select number from cache_instance_value");
                return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
            },
            new HybridCacheEntryOptions { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromMinutes(10), Flags = flags },
            [Tag]);
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
