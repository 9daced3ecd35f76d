using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

/// <summary>The administration of the cache, on two replicas.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ApiCacheTests(ApiUsers users) : IClassFixture<ApiUsers>
{
    private const int Requests = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Totals_add_up_over_the_replicas()
    {
        await users.Member.GenerateAsync(users.Organization);
        await SettleAsync();
        var before = Reads(await ReportAsync(), "matches");
        var instances = new HashSet<string?>();
        for (var request = 0; request < Requests; request++)
        {
            var answer = await users.Member.GenerateAsync(users.Organization);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            instances.Add(answer.Instance);
        }

        Assert.Equal(2, instances.Count);
        var report = await EventuallyAsync(report => Reads(report, "matches") == before + Requests);

        Assert.True(report["complete"]!.GetValue<bool>());
        var reported = report["instances"]!.AsArray();
        Assert.Equal(["api", "api", "worker"], reported.Select(instance => instance!["role"]!.GetValue<string>()));
        Assert.Superset(instances!, reported.Select(instance => (string?)instance!["name"]!.GetValue<string>()).ToHashSet());
        Assert.Single(reported, instance => instance!["self"]!.GetValue<bool>());
        Assert.Equal(Reads(report, "matches"), reported.Sum(instance => Reads(instance!.AsObject(), "matches")));
        var layer = Layer(report, "matches");
        Assert.InRange(layer["hitRatio"]!.GetValue<double>(), 0.1, 1);
        Assert.True(layer["computationSeconds"]!.GetValue<double>() > 0);
        var totals = report["totals"]!;
        Assert.True(totals["redis"]!["bytesWritten"]!.GetValue<long>() > 0);
        Assert.True(totals["listener"]!["verified"]!.GetValue<bool>());
        Assert.True(totals["listener"]!["lagP99Seconds"]!.GetValue<double>() < 5);
        Assert.Contains(totals["evictions"]!.AsArray(), eviction => eviction!["tag"]!.GetValue<string>() == "org");
    }

    [Fact]
    public async Task Eviction_makes_the_next_answer_a_new_one_on_both_replicas()
    {
        foreach (var tag in (string[])[$"org:{users.Organization}", "matches", "*"])
        {
            var before = (await users.Member.GenerateAsync(users.Organization)).Text("cacheTimestamp");
            var evicted = await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/{tag}");
            Assert.Equal(HttpStatusCode.NoContent, evicted.Status);
            var acknowledged = Stopwatch.GetTimestamp();
            var first = await users.Member.GenerateAsync(users.Organization);
            while (Stopwatch.GetElapsedTime(acknowledged) < TimeSpan.FromMilliseconds(100))
            {
                first = await users.Member.GenerateAsync(users.Organization);
            }

            var seen = new Dictionary<string, string> { [first.Instance!] = first.Text("cacheTimestamp") };
            for (var request = 0; request < 50 && seen.Count < 2; request++)
            {
                var answer = await users.Member.GenerateAsync(users.Organization);
                seen.TryAdd(answer.Instance!, answer.Text("cacheTimestamp"));
            }

            Assert.Equal(2, seen.Count);
            Assert.All(seen.Values, timestamp => Assert.NotEqual(before, timestamp));
        }
    }

    [Fact]
    public async Task Warming_computes_what_active_organizations_will_ask_for()
    {
        await users.Member.GenerateAsync(users.Organization);
        await SettleAsync();
        await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/org:{users.Organization}");

        var accepted = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm");
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal("/api/admin/cache/warmings", accepted.Location?.ToString());
        var warming = await AwaitWarmingAsync(accepted.Text("warmingId"));

        Assert.Equal("COMPLETED", warming["status"]!.GetValue<string>());
        Assert.True(warming["organizations"]!.GetValue<int>() > 0);
        Assert.True(warming["warmed"]!.GetValue<int>() > 0);
        Assert.Equal("redis", (await users.Member.GenerateAsync(users.Organization)).Cache);
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%23*")]
    [InlineData("%23slot:1")]
    [InlineData("a%0Ab")]
    [InlineData("LONG")]
    public async Task Tag_is_refused_when_it_cannot_be_one(string tag) => ApiAssert.Invalid(
        await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/{(tag == "LONG" ? new string('a', 201) : tag)}"), "tag");

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=abc", "cursor")]
    public async Task Warmings_are_refused_when_the_query_is_invalid(string query, string field) =>
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Get, $"/api/admin/cache/warmings?{query}"), field);

    private async Task<JsonObject> AwaitWarmingAsync(string id)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var warmings = ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/cache/warmings?limit=100"));
            var warming = warmings["items"]!.AsArray().Single(item => item!["id"]!.GetValue<string>() == id)!.AsObject();
            if (warming["completedAt"] is not null)
            {
                return warming;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, warming.ToJsonString());
        }
    }

    // Waits until each instance has flushed after this moment. An instance shows its own totals unflushed, so each must
    // be
    // seen in the answer of another.
    private async Task SettleAsync()
    {
        var now = TimeProvider.System.GetUtcNow().AddMilliseconds(100);
        HashSet<string> flushed = [];
        await EventuallyAsync(report =>
        {
            var reported = report["instances"]!.AsArray();
            flushed.UnionWith(reported
                .Where(instance => !instance!["self"]!.GetValue<bool>()
                    && DateTimeOffset.Parse(instance["seenAt"]!.GetValue<string>(), CultureInfo.InvariantCulture) > now)
                .Select(instance => instance!["id"]!.GetValue<string>()));
            return reported.All(instance => flushed.Contains(instance!["id"]!.GetValue<string>()));
        });
    }

    private async Task<JsonObject> EventuallyAsync(Func<JsonObject, bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var report = await ReportAsync();
            if (condition(report))
            {
                return report;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, report["totals"]!.ToJsonString());
        }
    }

    private async Task<JsonObject> ReportAsync() =>
        ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/cache"));

    private static JsonObject Layer(JsonObject report, string name) =>
        report["totals"]!["layers"]!.AsArray().Single(layer => layer!["name"]!.GetValue<string>() == name)!.AsObject();

    private static long Reads(JsonObject report, string name) =>
        report["totals"]!["layers"]!.AsArray().Where(layer => layer!["name"]!.GetValue<string>() == name)
            .Sum(layer => layer!["requests"]!.AsObject().Sum(outcome => outcome.Value!.GetValue<long>()));
}
