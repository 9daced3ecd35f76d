using System.Net;
using System.Text.Json.Nodes;
using Connect.Data.Idempotency;
using Connect.Data.Model;
using Connect.Tests.Distributed.Security;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Distributed;

/// <summary>The audit trail of administrators' requests.</summary>
public sealed class ApiAuditTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private const string Evict = "/api/admin/cache/tags/{tag}";

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_is_kept_with_its_outcome()
    {
        var tag = $"test:{Guid.NewGuid():N} 가&b";
        var path = $"/api/admin/cache/tags/{Uri.EscapeDataString(tag)}?mail=kim@example.com";
        var before = TimeProvider.System.GetUtcNow();

        Assert.Equal(HttpStatusCode.NoContent, (await users.Administrator.SendAsync(HttpMethod.Delete, path)).Status);

        var entry = await FindAsync($"tag={Uri.EscapeDataString(tag)}");
        Assert.Equal(
            ["id", "at", "userId", "method", "route", "target", "traceId", "status", "completedAt"], entry.Select(property => property.Key));
        Assert.Equal(("DELETE", Evict, 204), (entry["method"]!.GetValue<string>(), entry["route"]!.GetValue<string>(), entry["status"]!.GetValue<int>()));
        Assert.Equal(7, entry["id"]!.GetValue<Guid>().Version);
        Assert.InRange(entry["at"]!.GetValue<DateTimeOffset>(), before.AddSeconds(-1), entry["completedAt"]!.GetValue<DateTimeOffset>());
        Assert.NotEmpty(entry["traceId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Call_is_kept_when_it_fails()
    {
        var unknown = Guid.CreateVersion7();
        var tag = new string('x', 150) + Guid.NewGuid().ToString("N") + new string('x', 100);

        ApiAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/organizations/{unknown}"));
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/{tag}"), "tag");
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/%01{tag[150..182]}"), "tag");

        ApiAssert.Problem(
            HttpStatusCode.BadRequest, "bad-request", await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", "{"));

        Assert.Equal(404, (await FindAsync($"id={unknown}"))["status"]!.GetValue<int>());
        Assert.Equal(400, (await FindAsync($"tag={tag}"))["status"]!.GetValue<int>());
        Assert.Equal(400, (await FindAsync($"tag=%01{tag[150..182]}"))["status"]!.GetValue<int>());
        Assert.Contains(
            await PageAsync("limit=100"),
            entry => (entry["route"]!.GetValue<string>(), entry["status"]?.GetValue<int>()) is ("/api/admin/scrapes", 400));
    }

    [Fact]
    public async Task Call_has_no_outcome_and_left_nothing_when_its_process_died()
    {
        await using var instances = await ApiInstances.CreateAsync(application);
        var api = await instances.StartAsync();
        var administrator = await new ApiClient(api.Address).SignInAsAdministratorAsync();
        await using var table = await RowLock.TakeAsync(instances.ConnectionString, "lock table cache_warmings in exclusive mode");

        var call = administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: "dead");
        await table.AwaitWaitersAsync(1);
        await api.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        await table.ReleaseAsync();

        await using var context = instances.CreateContext();
        var entry = await context.AuditEntries.SingleAsync(CancellationToken);
        Assert.Equal(("/api/admin/cache/warm", null, null), (entry.Route, entry.Status, entry.CompletedAt));

        // The next request with this key waits for the end of the dead process's transaction.
        var claim = new IdempotencyKey { UserId = entry.UserId, Key = "dead", Operation = "", RequestHash = "", CreatedAt = entry.At };
        Assert.Null(await context.ClaimAsync(claim, CancellationToken));
        Assert.False(await context.CacheWarmings.AnyAsync(CancellationToken));
    }

    [Fact]
    public async Task Reads_and_refused_calls_are_not_kept()
    {
        var known = (await PageAsync("limit=100")).Select(Id).ToHashSet();
        var path = $"/api/admin/cache/tags/refused:{Guid.NewGuid():N}";

        ApiAssert.Problem(HttpStatusCode.Forbidden, "forbidden", await users.Member.SendAsync(HttpMethod.Delete, path));
        ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", await users.Anonymous.SendAsync(HttpMethod.Delete, path));
        ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/cache"));
        Assert.Equal(HttpStatusCode.OK, (await users.Administrator.SendAsync(HttpMethod.Head, "/api/admin/cache")).Status);

        var added = (await PageAsync("limit=100")).Where(entry => !known.Contains(Id(entry))).ToList();
        Assert.DoesNotContain(added, entry => entry["target"]!.GetValue<string>().Contains("refused", StringComparison.Ordinal));
        Assert.DoesNotContain(added, entry => entry["method"]!.GetValue<string>() is "GET" or "HEAD");
    }

    [Fact]
    public async Task Entries_are_listed_once_and_newest_first_when_they_are_paged()
    {
        var mark = Guid.NewGuid().ToString("N");
        for (var number = 0; number < 5; number++)
        {
            await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/admin/cache/tags/{mark}:{number}");
        }

        List<JsonObject> walked = [];
        string? cursor = null;
        do
        {
            var page = ApiAssert.Ok(await users.Administrator.SendAsync(
                HttpMethod.Get, $"/api/admin/audit?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}"));
            walked.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null && walked.Count(IsOurs) < 5);

        Assert.Equal(walked.Select(Id).Distinct(), walked.Select(Id));
        Assert.Equal(
            ["4", "3", "2", "1", "0"], walked.Where(IsOurs).Select(entry => entry["target"]!.GetValue<string>()[^1..]));

        bool IsOurs(JsonObject entry) => entry["target"]!.GetValue<string>().StartsWith($"tag={mark}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_call_is_a_call()
    {
        var administrator = await (await application.CreateClientAsync()).SignInAsAdministratorAsync();
        var known = (await PageAsync("limit=100")).Select(Id).ToHashSet();
        var key = Guid.NewGuid().ToString();

        await administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: key);
        await administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: key);

        var added = (await PageAsync("limit=100")).Where(entry => !known.Contains(Id(entry)));
        Assert.True(added.Count(entry => entry["route"]!.GetValue<string>() == "/api/admin/cache/warm" && entry["status"]!.GetValue<int>() == 202) >= 2);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=abc", "cursor")]
    public async Task Trail_is_refused_when_the_query_is_invalid(string query, string field) =>
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Get, $"/api/admin/audit?{query}"), field);

    private static Guid Id(JsonObject entry) => entry["id"]!.GetValue<Guid>();

    // Others administer meanwhile.
    private async Task<JsonObject> FindAsync(string target) =>
        Assert.Single(await PageAsync("limit=100"), entry => entry["target"]!.GetValue<string>() == target);

    private async Task<List<JsonObject>> PageAsync(string query) =>
    [
        .. ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, $"/api/admin/audit?{query}"))["items"]!.AsArray()
            .Select(item => item!.AsObject()),
    ];
}
