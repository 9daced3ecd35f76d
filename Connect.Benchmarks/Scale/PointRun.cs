using System.Globalization;
using Connect.Benchmarks.Scale.Measuring;
using Connect.Benchmarks.Scale.Worker;
using Connect.Benchmarks.Serving;
using Connect.Data.Caching;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Scale;

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
        await using var processes = new CheckerProcesses();
        await using var redis = await CheckedRedis.StartNewAsync(processes, CancellationToken.None, point.RedisMebibytes);
        await using var postgres = await CheckedPostgres.StartNewAsync(processes, isDurable: true, CancellationToken.None);
        await SeededSite.MigrateAsync(postgres);
        var worker = new ScaledWorker(processes, postgres, redis, point);
        await worker.StartAsync();
        var orders = new ScrapeOrders(postgres);
        Say($"scraping {point.Programs} programs");
        var first = await orders.RunAsync(activeOrganizations: 0);
        var figures = new PointFigures(point)
        {
            ScrapeSeconds = first.Scraping.TotalSeconds,
            ScrapeMebibytes = worker.PeakMebibytes,
        };

        Say($"storing {point.Organizations} organizations");
        var organizations = await SeededSite.SeedOrganizationsAsync(postgres, redis, point.Organizations);
        await postgres.ExecuteAsync(Activate, CancellationToken.None);

        Say("first requests, nothing warm");
        var reads = new FirstReads(processes, postgres, redis, organizations);
        var processMiss = await reads.OfProcessesAsync(isWarm: false);
        var (firstMiss, nextMiss) = await reads.AfterEvictionsAsync();
        figures = figures with { ProcessMissMilliseconds = processMiss, FirstMissMilliseconds = firstMiss, NextMissMilliseconds = nextMiss };

        var api = await reads.StartAsync();
        await AskOneAsync(api, organizations[0], MatchCaller.Miss);
        Say("scraping changed programs");
        var second = await orders.RunAsync(point.Organizations);
        figures = figures with
        {
            RescrapeSeconds = second.Scraping.TotalSeconds,
            WarmSeconds = second.UntilWarm.TotalSeconds,
            WorkerMebibytes = worker.PeakMebibytes,
        };
        await worker.StopAsync();

        Say("asking for every organization");
        return await ServeAsync(figures, api, organizations, postgres) with
        {
            ProcessRedisMilliseconds = await reads.OfProcessesAsync(isWarm: true),
            RedisMebibytes = await UsedByAsync(redis) / Mebibyte,
        };
    }

    private static async Task<PointFigures> ServeAsync(
        PointFigures figures, ApiProcess api, IReadOnlyList<SeededOrganization> organizations, CheckedPostgres postgres)
    {
        var load = new SteadyLoad(api, organizations);
        var firstRedis = await load.FillAsync();

        // An instance has the programs in memory as well: one profile changes, and its ranking is computed.
        await postgres.EvictAsync(ConnectTags.Organization(organizations[0].Id));
        await AskOneAsync(api, organizations[0], MatchCaller.Miss);
        var (median, p99) = await load.AskAsync();
        var use = await ProcessUse.OfAsync(api);
        await api.StopAsync();
        return figures with
        {
            FirstRedisMilliseconds = firstRedis,
            SteadyMicroseconds = median,
            SteadyP99Microseconds = p99,
            ApiMebibytes = use.Resident / Mebibyte,
            ApiPeakMebibytes = use.Peak / Mebibyte,
        };
    }

    private static async Task AskOneAsync(ApiProcess api, SeededOrganization organization, string from)
    {
        using var caller = await MatchCaller.OpenAsync(api);
        await caller.AskAsync(organization, from);
    }

    private static async Task<double> UsedByAsync(CheckedRedis redis)
    {
        var memory = ((string?)await redis.ExecuteAsync("INFO", "memory"))!;
        var line = memory.Split("\r\n").First(line => line.StartsWith("used_memory:", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }

    private void Say(string what) => Console.WriteLine($"[{point}] {what}");
}
