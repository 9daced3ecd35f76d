using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Benchmarks.Micro;

/// <summary>
/// A hit in Redis, in Connect's cache and the stock one: short blocks of reads in turns, compared round by round, because what
/// else the machine does within a minute changes a round trip by more than the caches differ.
/// </summary>
internal static class RedisHits
{
    private const int Warmups = 50;
    private const int Rounds = 500;
    private const int Reads = 100;

    private static readonly HybridCacheEntryOptions Options = new()
    {
        Expiration = TimeSpan.FromHours(1),
        Flags = HybridCacheEntryFlags.DisableLocalCache,
    };

    /// <summary>Medians over the rounds: microseconds for a hit in each cache, and Connect's against the stock one's.</summary>
    public static async Task<(double Connect, double Stock, double ConnectToStock)> MeasureAsync()
    {
        await using var servers = await CheckedServers.StartAsync(isDurable: false);
        await SeededSite.MigrateAsync(servers.Postgres);
        await using var caches = await ComparedCaches.StartAsync(servers);
        List<(double Connect, double Stock)> rounds = [];
        for (var round = -Warmups; round < Rounds; round++)
        {
            // Each is first in every other round.
            var first = await ReadAsync(round % 2 == 0 ? caches.Connect : caches.Stock);
            var second = await ReadAsync(round % 2 == 0 ? caches.Stock : caches.Connect);
            if (round >= 0)
            {
                rounds.Add(round % 2 == 0 ? (first, second) : (second, first));
            }
        }

        return (
            Distribution.Median(rounds.Select(round => round.Connect)),
            Distribution.Median(rounds.Select(round => round.Stock)),
            Distribution.Median(rounds.Select(round => round.Connect / round.Stock)));
    }

    private static async Task<double> ReadAsync(HybridCache cache)
    {
        var started = Stopwatch.GetTimestamp();
        for (var read = 0; read < Reads; read++)
        {
            await HitBenchmarks.ReadAsync(cache, Options);
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Reads;
    }
}
