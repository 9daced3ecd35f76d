using System.Text.Json;
using Aspire.Hosting.Testing;

namespace Connect.Tests.Distributed.Observability;

/// <summary>Compares the exported metrics, those that Prometheus scrapes and those that the documents list.</summary>
public sealed class ObservabilityTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    // Prometheus' own, on every target.
    private static readonly string[] OfPrometheus = ["ALERTS", "target_info", "up"];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_reads_both_replicas_and_the_worker()
    {
        Needed.Prometheus();
        var running = await application.GetAsync();
        await running.ResourceNotifications.WaitForResourceHealthyAsync("prometheus", CancellationToken);
        using var prometheus = running.CreateHttpClient("prometheus");
        var seen = "nothing";

        await Patiently.UntilAsync(
            async () =>
            {
                var answer = JsonDocument.Parse(await prometheus.GetStringAsync("/api/v1/targets?state=active", CancellationToken)).RootElement;
                var targets = answer.GetProperty("data").GetProperty("activeTargets").EnumerateArray()
                    .Select(target => $"{target.GetProperty("labels").GetProperty("role")} {target.GetProperty("health")}");
                seen = string.Join(", ", targets.Order(StringComparer.Ordinal));
                return seen == "api up, api up, worker up";
            },
            () => seen);
    }

    [Fact]
    public async Task Names_are_the_same_in_the_system_its_documents_the_dashboard_and_the_rules()
    {
        var documented = MetricNames.Documented();
        var always = documented.Where(name => !name.Value).Select(name => name.Key).ToList();
        HashSet<string> exported = [];
        await UseAsync();

        // Every listed metric is exported once it was used, and every exported one is listed.
        await Patiently.UntilAsync(
            async () => (exported = await ReadAsync()).IsSupersetOf(always),
            () => $"Not exported: {string.Join(", ", always.Except(exported))}");
        Assert.Empty(exported.Except(documented.Keys).Except(OfPrometheus));

        var used = MetricNames.Used(documented.Keys);
        Assert.Empty(used.Except(documented.Keys).Except(MetricNames.Recorded()).Except(OfPrometheus));
        Assert.Empty(MetricNames.Recorded().Except(used));
        Assert.Empty(documented.Keys.Where(name => name.StartsWith("connect_", StringComparison.Ordinal)).Except(used));
    }

    private async Task UseAsync()
    {
        await users.Member.GenerateAsync(users.Organization);
        await users.Member.GenerateAsync(users.Organization);
        await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/org:{users.Organization}");
        await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm");
        await users.Member.GenerateAsync(users.Organization);
    }

    private async Task<HashSet<string>> ReadAsync()
    {
        using var api = (await application.GetAsync()).CreateHttpClient("api");
        var groups = JsonDocument.Parse(await api.GetStringAsync("/metrics/targets", CancellationToken)).RootElement;
        var names = new HashSet<string>();
        foreach (var target in groups.EnumerateArray().SelectMany(group => group.GetProperty("targets").EnumerateArray()))
        {
            names.UnionWith(MetricNames.Exported(await api.GetStringAsync($"http://{target}/metrics", CancellationToken)));
        }

        return names;
    }
}
