using Connect.Testing.Servers;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using Connect.Tests.Unit.Observability;

namespace Connect.Tests.Distributed.Observability;

/// <summary>
/// A real Prometheus with the shipped configuration and rules watches two instances through an outage of Redis.
/// </summary>
public sealed class PrometheusOutageTests(RunningApplication application)
{
    private const string BreakerOpen = "ConnectRedisBreakerOpen";
    private const string Hits = """connect_cache_requests_total{role="api", outcome=~"memory|redis"}""";
    private const string Reads = """connect_cache_requests_total{role="api"}""";
    private const int Requests = 30;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Hit_ratio_is_recorded_and_an_outage_of_redis_is_alerted_until_it_ends()
    {
        Needed.Prometheus();
        await using var processes = new CheckerProcesses();
        await using var redis = await CheckedRedis.StartNewAsync(processes, CancellationToken);
        await using var database = await TestDatabase.CreateAsync(application);
        await using var site = await AttackedSite.StartAsync(
            database.ConnectionString, redis.Configuration, processes: 2, ("Cache__RedisBreakDuration", "00:00:01"));
        await using var prometheus = await CheckedPrometheus.StartNewAsync(
            processes, ShippedFiles.Prometheus, site.Processes[0].Address.Port, "1s", CancellationToken);
        await site.AddProgramAsync(1);
        var reader = await site.SignUpMemberAsync("읽는 회사");
        await Patiently.UntilAsync(async () => await prometheus.ValueAsync("sum(up)", CancellationToken) == 2);

        await ReadAsync(site, reader, Requests);
        await AssertHitRatioAsync(prometheus);

        // Only reads that need Redis notice; answers in memory do not need it.
        await redis.KillAsync();
        await EvictAsync(site);
        await ReadAsync(site, reader, 1);
        var open = site.Processes.Select(process => process.Address.Authority).Order().ToList();
        await Patiently.UntilAsync(async () => (await FindAsync(prometheus, "pending")).Order().SequenceEqual(open));
        await Patiently.UntilAsync(async () => (await FindAsync(prometheus, "firing")).Order().SequenceEqual(open));
        Assert.All(
            (await prometheus.AlertsAsync(CancellationToken)).Where(alert => alert.State == "firing"),
            alert => Assert.Equal(BreakerOpen, alert.Name));

        await redis.StartAsync(keepSnapshot: false, CancellationToken);
        await Patiently.UntilAsync(async () => (await prometheus.AlertsAsync(CancellationToken)).All(alert => alert.Name != BreakerOpen));
    }

    private static async Task ReadAsync(AttackedSite site, AttackUser reader, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            foreach (var client in site.Clients)
            {
                Assert.Equal(200, (int)(await client.GetAsync($"/api/organizations/{reader.Organization}/matches", reader.Token)).Status);
            }
        }
    }

    private static async Task EvictAsync(AttackedSite site)
    {
        var administrator = await site.SignInAsAdministratorAsync();
        var evicted = await site.Clients[0].SendAsync(
            new AttackRequest("DELETE", "/api/admin/cache/tags/matches") { Token = administrator.Token });
        Assert.Equal(204, (int)evicted.Status);
    }

    /// <summary>
    /// The recorded ratio comes to the share of hits among reads since Prometheus' first scrape; a rate does not contain earlier ones. It
    /// comes to it late, with the next evaluation of the rule.
    /// </summary>
    private static Task AssertHitRatioAsync(CheckedPrometheus prometheus) => Patiently.UntilAsync(async () =>
    {
        var hits = await prometheus.ValueAsync(Since(Hits), CancellationToken);
        var reads = await prometheus.ValueAsync(Since(Reads), CancellationToken);
        var recorded = await prometheus.ValueAsync("connect:cache_hit_ratio:rate5m", CancellationToken);
        var ofMatches = await prometheus.ValueAsync("""layer:connect_cache_hit_ratio:rate5m{layer="matches"}""", CancellationToken);
        return reads >= 2 * Requests && recorded > 0.8 && recorded >= (hits / reads) - 0.1 && recorded <= 1 && ofMatches > 0.8;
    });

    private static string Since(string series) => $"sum({series} - min_over_time({series}[5m]))";

    private static async Task<IEnumerable<string>> FindAsync(CheckedPrometheus prometheus, string state) =>
        (await prometheus.AlertsAsync(CancellationToken)).Where(alert => (alert.Name, alert.State) == (BreakerOpen, state)).Select(alert => alert.Instance);
}
