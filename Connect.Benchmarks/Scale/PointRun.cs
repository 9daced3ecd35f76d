using Connect.Benchmarks.Scale.Measuring;
using Connect.Benchmarks.Scale.Worker;
using Connect.Caching.Layers;
using Connect.Data.Caching;

namespace Connect.Benchmarks.Scale;

/// <summary>What was measured at a point, by the names that programs read, in the order of printing.</summary>
internal sealed record PointFigures(ScalePoint Point, IReadOnlyDictionary<string, double> Named)
{
    public double this[string name] => Named[name];
}

/// <summary>Measures one size, on servers and processes of its own.</summary>
internal sealed class PointRun(ScalePoint point)
{
    private const double Mebibyte = 1024 * 1024;

    // All organizations are active in the last hour, and the planner has statistics, as after an autovacuum.
    private const string Activate = """
        insert into organization_activity (organization_id, last_active_at)
        select id, clock_timestamp() - random() * interval '1 hour' from organizations;
        analyze;
        """;

    public async Task<PointFigures> RunAsync()
    {
        await using var servers = await CheckedServers.StartAsync(isDurable: true, redisMebibytes: point.RedisMebibytes);
        await SeededSite.MigrateAsync(servers.Postgres);
        var worker = await ScaleInstance.StartAsync(servers, point);
        var orders = new ScrapeOrders(servers.Postgres);
        Say($"scraping {point.Programs} programs");
        var first = await orders.RunAsync(activeOrganizations: 0);
        var firstPeak = worker.Use().Peak;

        Say($"storing {point.Organizations} organizations");
        var organizations = await SeededSite.SeedOrganizationsAsync(servers, point.Organizations);
        await servers.Postgres.ExecuteAsync(Activate, CancellationToken.None);

        Say("first requests, nothing warm");
        var reads = new FirstReads(servers, organizations);
        var processMiss = await reads.OfProcessesAsync(isWarm: false);
        var (firstMiss, nextMiss) = await reads.AfterEvictionsAsync();
        var api = await reads.StartAsync();
        await AskOneAsync(api, organizations[0]);

        Say("scraping changed programs");
        var second = await orders.RunAsync(point.Organizations);
        var workerPeak = worker.Use().Peak;
        await worker.StopAsync();

        Say("asking for every organization");
        var load = new SteadyLoad(api, organizations);
        var firstRedis = await load.FillAsync();

        // An instance has the programs in memory as well: one profile changes, and its ranking is computed.
        await reads.EvictAsync(ConnectTags.Organization(organizations[0].Id));
        await AskOneAsync(api, organizations[0]);
        var (median, p99) = await load.AskAsync();
        var use = api.Use();
        await api.StopAsync();
        return new(point, new Dictionary<string, double>
        {
            // Reading all programs into an empty database, from the run's start to its COMMIT; the same with one in a
            // hundred changed; from that COMMIT, which evicts every ranking, until all are in Redis again.
            ["scrape_s"] = first.Scraping.TotalSeconds,
            ["scrape_mib"] = firstPeak,
            ["rescrape_s"] = second.Scraping.TotalSeconds,
            ["warm_s"] = second.UntilWarm.TotalSeconds,
            ["scrape_to_warm_s"] = (second.Scraping + second.UntilWarm).TotalSeconds,
            ["worker_mib"] = workerPeak,

            // The first request after an eviction reads the programs and ranks; another organization's behind it ranks; a
            // ranking that is in Redis is fetched. The same as a process's very first request.
            ["first_miss_ms"] = firstMiss,
            ["next_miss_ms"] = nextMiss,
            ["first_redis_ms"] = firstRedis,
            ["process_miss_ms"] = processMiss,
            ["process_redis_ms"] = await reads.OfProcessesAsync(isWarm: true),

            // Requests for what is in memory, and what the API and Redis hold in the end.
            ["steady_us"] = median,
            ["steady_p99_us"] = p99,
            ["api_mib"] = use.Resident,
            ["api_peak_mib"] = use.Peak,
            ["redis_mib"] = await UsedByAsync(servers.Redis) / Mebibyte,
        });
    }

    private static async Task AskOneAsync(ServerProcess api, SeededOrganization organization)
    {
        using var caller = await MatchCaller.OpenAsync(api);
        await caller.AskAsync(organization, CacheOutcome.Miss);
    }

    private static async Task<double> UsedByAsync(CheckedRedis redis)
    {
        var memory = ((string?)await redis.ExecuteAsync("INFO", "memory"))!;
        var line = memory.Split("\r\n").First(line => line.StartsWith("used_memory:", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }

    private void Say(string what) => Console.WriteLine($"[{point}] {what}");
}
