using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Tests.Functional.Explanations;

namespace Connect.Tests.Distributed.Security;

/// <summary>
/// Members and keys of two organizations and strangers, at once on the same instances, cache and database: a value that is
/// cached for one organization, or of its key, is never an answer to another.
/// </summary>
public sealed class TenantTests(RunningApplication application, ITestOutputHelper output)
{
    private const int Seed = 20_261_126;
    private const int AtOnce = 6;
    private const int Programs = 4;
    private const int RequestsPerChange = 150;
    private const string Mcp = "/mcp";

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private readonly ConcurrentBag<string> _leaks = [];
    private int _own;
    private int _foreign;

    [Fact]
    public Task Nobody_is_answered_with_what_is_anothers() => AskAsync(
        requests: 1_500, settings => AttackedSite.HostAsync(application, instances: 2, settings));

    [Fact(Explicit = true)]
    public Task Nobody_is_answered_with_what_is_anothers_in_ten_thousand_requests() => AskAsync(
        requests: 10_000, settings => AttackedSite.StartAsync(application, processes: 2, settings));

    private async Task AskAsync(int requests, Func<(string, string)[], Task<AttackedSite>> startAsync)
    {
        await using var model = await ModelServer.StartAsync();
        model.Respond = Tenant.AnswerAsync;
        await using var site = await startAsync(
            [("Explanations__Endpoint", model.Endpoint.ToString()), ("Explanations__ApiKey", "test-key"), ("Explanations__Model", ModelServer.Model)]);
        for (var program = 0; program < Programs; program++)
        {
            await site.AddProgramAsync(program);
        }

        Tenant[] tenants = [await Tenant.CreateAsync(site, 0), await Tenant.CreateAsync(site, 1)];
        var stranger = await Tenant.CreateAsync(site, 2);
        var loner = (await site.SignUpAsync()).Token;

        var started = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < requests && Stopwatch.GetElapsedTime(started) < MostTime)
            {
                await AskAsync(site, tenants, method => [loner, .. stranger.TokensFor(method)], number);
            }
        }));

        output.WriteLine($"{_own} own, {_foreign} foreign, {_leaks.Count} leaks in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s; "
            + $"{string.Join(", ", _outcomes.Select(outcome => $"{outcome.Key}: {outcome.Value}"))}; {model.Requests.Count} texts.");
        Assert.True(_leaks.IsEmpty, $"{_leaks.Count} leaks.\n{string.Join('\n', _leaks.Take(10))}");
        Assert.Equal(requests, _own + _foreign);
        Assert.InRange(_foreign, requests / 4, requests);
        Assert.All((string[])["memory", "redis", "miss"], outcome => Assert.InRange(_outcomes.GetValueOrDefault(outcome), 10, requests));
        await AssertEveryLayerWasReadAsync(site);
    }

    private static async Task AssertEveryLayerWasReadAsync(AttackedSite site)
    {
        // Lists of programs are the same for everybody, and not asked for here.
        CacheLayer[] shared = [CacheLayerRegistry.Other, CacheLayers.ExternalUsers, CacheLayers.ProgramLists];
        var administrator = await site.SignInAsAdministratorAsync();
        foreach (var client in site.Clients)
        {
            var instances = (await client.GetAsync("/api/admin/cache", administrator.Token)).Json["instances"]!.AsArray();
            var layers = instances.Single(instance => instance!["self"]!.GetValue<bool>())!["totals"]!["layers"]!.AsArray();
            Assert.All(CacheLayers.All.Except(shared), layer => Assert.True(
                layers.Single(read => read!["name"]!.GetValue<string>() == layer.Name)!["requests"]!.AsObject().Sum(reads => reads.Value!.GetValue<long>()) > 0,
                layer.Name));
        }
    }

    private async Task AskAsync(AttackedSite site, Tenant[] tenants, Func<string, IReadOnlyList<string>> strangers, int number)
    {
        var random = new Random(unchecked(Seed + (number * 7_919)));
        var client = site.Clients[random.Next(site.Clients.Count)];
        var (asked, other) = random.Next(2) == 0 ? (tenants[0], tenants[1]) : (tenants[1], tenants[0]);
        var isOwn = random.Next(5) < 3;
        var isOther = !isOwn && random.Next(2) == 0;
        var request = number % RequestsPerChange == 0
            ? Change(asked, number)
            : Read(asked, random) with { Headers = [("Accept-Language", random.Next(3) == 0 ? "en" : "ko"), ("Accept", "application/json, text/event-stream"), .. Known(asked, random)] };
        var tokens = isOwn ? asked.TokensFor(request.Method) : isOther ? other.TokensFor(request.Method) : strangers(request.Method);
        var answer = await client.SendAsync(request with { Token = tokens[random.Next(tokens.Count)] });

        Interlocked.Increment(ref isOwn ? ref _own : ref _foreign);
        _outcomes.AddOrUpdate(answer.Cache ?? "-", 1, static (_, count) => count + 1);
        if (answer.ETag is { } tag)
        {
            lock (asked.Tags)
            {
                asked.Tags[request.Path] = tag;
            }
        }

        if (FindLeak(StatusOf(request, answer), answer, asked, other, isOwn) is { } leak)
        {
            _leaks.Add($"{leak} {(int)answer.Status} to {(isOwn ? "a member" : "a stranger")}, {number}: {request} {answer.Body}");
        }
    }

    // A tool's refusal is a result, which has the answer of the route.
    private static HttpStatusCode StatusOf(AttackRequest request, AttackAnswer answer) =>
        request.Path != Mcp ? answer.Status
        : answer.Body.Contains("\"isError\":true", StringComparison.Ordinal) ? HttpStatusCode.NotFound
        : answer.Status;

    private static string? FindLeak(HttpStatusCode status, AttackAnswer answer, Tenant asked, Tenant other, bool isOwn)
    {
        var hidden = isOwn ? other.Traces() : asked.Traces().Concat(other.Traces());
        return hidden.FirstOrDefault(trace => answer.Body.Contains(trace, StringComparison.OrdinalIgnoreCase)) is { } trace ? $"It tells {trace}:"
            : !isOwn && status != HttpStatusCode.NotFound ? "It is not 404:"
            : isOwn && status is not (HttpStatusCode.OK or HttpStatusCode.NotModified) ? "It is no success:"
            : isOwn && status == HttpStatusCode.OK && !asked.Traces().Any(own => answer.Body.Contains(own, StringComparison.OrdinalIgnoreCase)) ? "Nothing in it is the asker's:"
            : null;
    }

    private static AttackRequest Change(Tenant tenant, int number) => new("PATCH", $"/api/organizations/{tenant.Id}")
    {
        MediaType = "application/merge-patch+json",
        Body = Encoding.UTF8.GetBytes(new JsonObject { ["name"] = $"{tenant.Marker} 회사 {number}" }.ToJsonString()),
    };

    private static AttackRequest Read(Tenant tenant, Random random) => random.Next(18) switch
    {
        0 => new("GET", $"/api/organizations/{tenant.Id}"),
        < 3 => new("GET", $"/api/organizations/{tenant.Id}/matches?limit={random.Next(1, 5)}"),
        < 5 => new("POST", $"/api/matches/generate?organizationId={tenant.Id}&limit={random.Next(1, 5)}"),
        5 => new("POST", $"/api/matches/generate?organizationId={tenant.Id}&explain=true"),
        6 => new("GET", $"/api/matches?organizationId={tenant.Id}"),
        7 => Mark(tenant, random, new JsonObject { ["saved"] = random.Next(2) == 0 }),
        8 => Mark(tenant, random, random.Next(3) switch
        {
            0 => new JsonObject { ["status"] = "DISMISSED", ["dismissalReason"] = "TOO_SMALL" },
            1 => new JsonObject { ["status"] = "APPLIED" },
            _ => new JsonObject { ["note"] = $"{tenant.Marker} {random.Next(100)}" },
        }),
        9 => new("GET", $"/api/matches/{tenant.Matches[random.Next(tenant.Matches.Count)]}/history"),
        10 => new("GET", $"/api/organizations/{tenant.Id}/outcomes"),
        11 => new("GET", $"/api/organizations/{tenant.Id}/matches/export?includeDismissed=true"),
        12 => new("GET", $"/api/matches/export?organizationId={tenant.Id}"),
        13 => new AttackRequest("POST", Mcp).WithJson(new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "tools/call",
            ["params"] = new JsonObject
            {
                ["name"] = random.Next(2) == 0 ? "get_matches" : "list_stored_matches",
                ["arguments"] = new JsonObject { ["organizationId"] = tenant.Id },
            },
        }),
        _ => new("GET", $"/api/matches/{tenant.Matches[random.Next(tenant.Matches.Count)]}/explanation"),
    };

    private static AttackRequest Mark(Tenant tenant, Random random, JsonObject marks) =>
        new AttackRequest("PATCH", $"/api/matches/{tenant.Matches[random.Next(tenant.Matches.Count)]}") { MediaType = "application/merge-patch+json" }.WithJson(marks);

    // Strangers too, which never got the tag from the API.
    private static (string Name, string Value)[] Known(Tenant tenant, Random random)
    {
        lock (tenant.Tags)
        {
            return random.Next(4) == 0 && tenant.Tags.Count > 0 ? [("If-None-Match", string.Join(", ", tenant.Tags.Values))] : [];
        }
    }
}
