using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

/// <summary>Connect's promises as seen by its users: on two replicas, with a worker that changes the data.</summary>
[Collection(nameof(RunsAlone))]
public sealed class UserFlowTests(RunningApplication application)
{
    // The promise: this long after a change was acknowledged, no replica answers from before it.
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(60);
    private const int MaxRequests = 200;
    private const int Replicas = 2;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_request_computes_and_every_replica_hits_without_queries_after_it()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT", "인공지능");

        var first = await user.GenerateAsync(organization);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal("miss", first.Cache);
        Assert.InRange(first.Queries, 1, 4);
        Assert.False(first.Body!["cached"]!.GetValue<bool>());
        Assert.NotEmpty(first.Body["matches"]!.AsArray());

        var hits = await OnEveryReplicaAsync(() => user.GenerateAsync(organization));
        Assert.All(hits, hit =>
        {
            Assert.Contains(hit.Cache, new[] { "memory", "redis" });
            Assert.Equal(0, hit.Queries);
            Assert.True(hit.Body!["cached"]!.GetValue<bool>());
            Assert.Equal(Without(first.Body, "cached"), Without(hit.Body, "cached"));
        });
    }

    [Fact]
    public async Task Profile_change_is_seen_on_every_replica_within_the_promise()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT");
        await OnEveryReplicaAsync(() => user.GenerateAsync(organization));

        foreach (var sector in new[] { "AGRICULTURE", "ENERGY", "BIO_HEALTH" })
        {
            var before = await user.GenerateAsync(organization);
            var patched = await user.SendAsync(
                HttpMethod.Patch, $"/api/organizations/{organization}", new { industrySector = sector }, mediaType: "application/merge-patch+json");
            var acknowledged = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, patched.Status);

            var answers = await AfterPromiseAsync(acknowledged, () => user.GenerateAsync(organization));
            Assert.All(answers, answer =>
            {
                Assert.NotEqual(before.Text("cacheTimestamp"), answer.Text("cacheTimestamp"));
                Assert.True(IsComputedAfter(answer, before));
            });
        }
    }

    [Fact]
    public async Task Another_organization_does_not_query_the_programs_again()
    {
        var first = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await first.CreateOrganizationAsync();
        await OnEveryReplicaAsync(() => first.GenerateAsync(organization));

        var second = await (await application.CreateClientAsync()).SignUpAsync();
        var answer = await second.GenerateAsync(await second.CreateOrganizationAsync());

        // Members, profile and dismissed programs are its own, and its matches are stored; the list of programs is everybody's.
        Assert.Equal("miss", answer.Cache);
        Assert.InRange(answer.Queries, 1, 4);
    }

    [Fact]
    public async Task Scrape_evicts_if_and_only_if_something_changed()
    {
        var administrator = await (await application.CreateClientAsync()).SignInAsAdministratorAsync();
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await user.CreateOrganizationAsync();
        await ScrapeAsync(administrator);
        var before = (await OnEveryReplicaAsync(() => user.GenerateAsync(organization)))[0];

        await AdvanceAsync(@new: 10);
        var (changed, acknowledged) = await ScrapeAsync(administrator);
        Assert.True(changed > 0);
        var fresh = await AfterPromiseAsync(acknowledged, () => user.GenerateAsync(organization));
        Assert.All(fresh, answer => Assert.True(IsComputedAfter(answer, before)));

        var (unchanged, _) = await ScrapeAsync(administrator);
        Assert.Equal(0, unchanged);
        var hits = await OnEveryReplicaAsync(() => user.GenerateAsync(organization));
        Assert.All(hits, hit =>
        {
            Assert.Contains(hit.Cache, new[] { "memory", "redis" });
            Assert.Equal(0, hit.Queries);
        });
    }

    [Fact]
    public async Task Strangers_get_not_found()
    {
        var owner = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await owner.CreateOrganizationAsync();
        await OnEveryReplicaAsync(() => owner.GenerateAsync(organization));
        var stranger = await (await application.CreateClientAsync()).SignUpAsync();

        var answers = await OnEveryReplicaAsync(() => stranger.GenerateAsync(organization));
        var unknown = await stranger.GenerateAsync(Guid.CreateVersion7());
        var nobody = await (await application.CreateClientAsync()).GenerateAsync(organization);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        Assert.Equal(Without(unknown.Body!, "traceId"), Without(answers[0].Body!, "traceId"));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Status);
        Assert.Equal("application/problem+json", nobody.MediaType);
    }

    [Fact]
    public async Task Entity_tag_is_confirmed_until_the_answer_can_change()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var organization = await user.CreateOrganizationAsync();
        var path = $"/api/organizations/{organization}/matches";

        var first = await user.SendAsync(HttpMethod.Get, path);
        var confirmed = await OnEveryReplicaAsync(() => user.SendAsync(HttpMethod.Get, path, ifNoneMatch: first.ETag));
        await user.SendAsync(HttpMethod.Patch, $"/api/organizations/{organization}", new { rdExperience = false });
        var changed = await AfterPromiseAsync(Stopwatch.GetTimestamp(), () => user.SendAsync(HttpMethod.Get, path, ifNoneMatch: first.ETag));

        Assert.All(confirmed, answer => Assert.Equal(HttpStatusCode.NotModified, answer.Status));
        Assert.All(changed, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(changed, answer => Assert.NotEqual(first.ETag, answer.ETag));
    }

    /// <summary>Asks until every replica has answered; one answer of each.</summary>
    private static async Task<IReadOnlyList<ApiAnswer>> OnEveryReplicaAsync(Func<Task<ApiAnswer>> ask)
    {
        var answers = new Dictionary<string, ApiAnswer>();
        for (var request = 0; request < MaxRequests && answers.Count < Replicas; request++)
        {
            var answer = await ask();
            answers.TryAdd(answer.Instance!, answer);
        }

        Assert.Equal(Replicas, answers.Count);
        return [.. answers.Values];
    }

    /// <summary>
    /// Asks until the promised time has passed, then every replica once more: an answer to a request after that time
    /// must not be old.
    /// </summary>
    private static async Task<IReadOnlyList<ApiAnswer>> AfterPromiseAsync(long acknowledged, Func<Task<ApiAnswer>> ask)
    {
        while (Stopwatch.GetElapsedTime(acknowledged) < Freshness)
        {
            await ask();
        }

        return await OnEveryReplicaAsync(ask);
    }

    private async Task AdvanceAsync(int @new = 0, int changed = 0)
    {
        using var http = new HttpClient { BaseAddress = await application.GetSimulatorAsync() };
        using var response = await http.PostAsJsonAsync(
            "/_simulator/advance", new { @new, changed, closed = 0 }, CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Has every board read; new and changed programs together, and when the end of the last run was known.
    /// </summary>
    private static async Task<(int Changes, long Acknowledged)> ScrapeAsync(ApiClient administrator)
    {
        var accepted = await administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", new { });
        Assert.True(accepted.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, accepted.Status.ToString());
        var ids = accepted.Body!["runIds"]!.AsArray().Select(id => id!.GetValue<string>()).ToHashSet();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < RunTimeout)
        {
            var runs = await administrator.SendAsync(HttpMethod.Get, "/api/admin/scrapes?limit=20");
            var own = runs.Body!["items"]!.AsArray().Where(run => ids.Contains(run!["id"]!.GetValue<string>())).ToList();
            if (own.TrueForAll(run => run!["completedAt"] is not null))
            {
                var acknowledged = Stopwatch.GetTimestamp();
                Assert.All(own, run => Assert.Equal("SUCCEEDED", run!["status"]!.GetValue<string>()));
                return (own.Sum(run => run!["new"]!.GetValue<int>() + run["changed"]!.GetValue<int>()), acknowledged);
            }
        }

        throw new TimeoutException("The runs did not end.");
    }

    private static bool IsComputedAfter(ApiAnswer answer, ApiAnswer before) =>
        DateTimeOffset.Parse(answer.Text("cacheTimestamp"), System.Globalization.CultureInfo.InvariantCulture)
        > DateTimeOffset.Parse(before.Text("cacheTimestamp"), System.Globalization.CultureInfo.InvariantCulture);

    private static string Without(JsonNode body, string property)
    {
        var copy = body.DeepClone().AsObject();
        copy.Remove(property);
        return copy.ToJsonString();
    }
}
