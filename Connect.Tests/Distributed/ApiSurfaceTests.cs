using System.Net;

namespace Connect.Tests.Distributed;

/// <summary>The API's public surface, and runs as administrators see them.</summary>
public sealed class ApiSurfaceTests(ApiUsers users) : IClassFixture<ApiUsers>
{
    private static readonly (string Path, string Method)[] Protected =
    [
        ("/api/organizations", "post"), ("/api/organizations/{id}", "get"), ("/api/organizations/{id}", "patch"),
        ("/api/organizations/{id}", "delete"), ("/api/organizations/{id}/matches", "get"), ("/api/matches/generate", "post"),
        ("/api/matches", "get"), ("/api/matches/{id}", "patch"), ("/api/matches/{id}/explanation", "get"),
        ("/api/matches/{id}/history", "get"), ("/api/organizations/{id}/outcomes", "get"),
        ("/api/organizations/{id}/members", "get"), ("/api/organizations/{id}/members/{userId}", "patch"),
        ("/api/organizations/{id}/members/{userId}", "delete"), ("/api/organizations/{id}/invitations", "post"),
        ("/api/organizations/{id}/invitations", "get"), ("/api/organizations/{id}/invitations/{invitationId}", "delete"),
        ("/api/invitations/accept", "post"),
        ("/api/programs/export", "get"), ("/api/organizations/{id}/matches/export", "get"), ("/api/matches/export", "get"),
        ("/api/programs", "get"), ("/api/programs/{id}", "get"), ("/api/programs/{id}/series", "get"),
        ("/api/programs/{id}/similar", "get"), ("/api/admin/scrapes", "post"), ("/api/admin/scrapes", "get"),
        ("/api/admin/scrapes/{id}/page", "get"),
        ("/api/admin/programs/{id}", "patch"), ("/api/admin/programs/{id}/corrections/{field}", "delete"), ("/api/admin/corrections", "get"),
        ("/api/admin/cache", "get"), ("/api/admin/cache/tags/{tag}", "delete"), ("/api/admin/cache/warm", "post"),
        ("/api/admin/cache/warmings", "get"), ("/api/admin/audit", "get"),
        ("/auth/manage/info", "get"), ("/auth/logout", "post"), ("/auth/logout-everywhere", "post"), ("/auth/manage/sessions", "get"),
        ("/auth/manage/sessions/{id}", "delete"),
        ("/api/organizations/{id}/keys", "get"), ("/api/organizations/{id}/keys", "post"),
        ("/api/organizations/{id}/keys/{keyId}/rotate", "post"), ("/api/organizations/{id}/keys/{keyId}", "delete"),
        ("/api/admin/keys", "get"), ("/api/admin/keys", "post"), ("/api/admin/keys/{keyId}/rotate", "post"), ("/api/admin/keys/{keyId}", "delete"),
        ("/api/admin/organizations", "get"), ("/api/admin/organizations/{id}/restore", "post"),
        ("/auth/manage/export", "get"), ("/auth/manage/account", "delete"),
    ];

    [Theory]
    [InlineData("/health", "text/plain")]
    [InlineData("/alive", "text/plain")]
    [InlineData("/scalar/", "text/html")]
    [InlineData("/openapi/v1.json", "application/json")]
    public async Task Page_is_there_for_anybody(string path, string mediaType)
    {
        var answer = await users.Anonymous.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(mediaType, answer.MediaType);
    }

    [Fact]
    public async Task Document_names_every_route_and_which_of_them_need_a_token()
    {
        var document = ApiAssert.Ok(await users.Anonymous.SendAsync(HttpMethod.Get, "/openapi/v1.json"));

        var paths = document["paths"]!.AsObject();
        Assert.Equal("http", document["components"]!["securitySchemes"]!["bearer"]!["type"]!.GetValue<string>());
        Assert.All(Protected, route =>
        {
            var operation = paths[route.Path]?[route.Method];
            Assert.NotNull(operation);
            Assert.NotNull(Assert.Single(operation["security"]!.AsArray())!["bearer"]);
            Assert.NotNull(operation["responses"]!["401"]);
        });
        Assert.All((string[])["/auth/register", "/auth/login", "/auth/refresh"], path => Assert.Null(paths[path]!["post"]!["security"]));
        Assert.NotNull(paths["/api/admin/scrapes"]!["post"]!["responses"]!["403"]);
        Assert.Equal(
            [
                "q", "agency", "kind", "status", "sector", "region", "audience", "trl", "unrestricted", "amountFrom", "amountTo", "publishedFrom",
                "publishedTo", "deadlineFrom", "deadlineTo", "sort", "facets", "highlight", "limit", "cursor", "If-None-Match",
            ],
            paths["/api/programs"]!["get"]!["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Document_names_the_headers_that_writes_go_by()
    {
        var paths = ApiAssert.Ok(await users.Anonymous.SendAsync(HttpMethod.Get, "/openapi/v1.json"))["paths"]!;

        Assert.All(
            (string[])["/api/organizations", "/api/admin/scrapes", "/api/admin/cache/warm"],
            path => Assert.Contains("Idempotency-Key", Headers(path, "post")));
        Assert.Contains("If-Match", Headers("/api/organizations/{id}", "patch"));
        Assert.Contains("If-Match", Headers("/api/organizations/{id}", "delete"));
        Assert.Contains("If-Match", Headers("/api/matches/{id}", "patch"));

        IEnumerable<string> Headers(string path, string method) => paths[path]![method]!["parameters"]!.AsArray()
            .Where(parameter => parameter!["in"]!.GetValue<string>() == "header").Select(parameter => parameter!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Runs_are_listed_once_and_newest_first_when_they_are_paged()
    {
        var known = ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/scrapes?limit=100"))["items"]!.AsArray()
            .Select(run => run!["id"]!.GetValue<string>()).ToList();

        List<string> walked = [];
        string? cursor = null;
        do
        {
            var page = ApiAssert.Ok(await users.Administrator.SendAsync(
                HttpMethod.Get, $"/api/admin/scrapes?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"));
            var items = page["items"]!.AsArray();
            Assert.InRange(items.Count, 1, 2);
            walked.AddRange(items.Select(run => run!["id"]!.GetValue<string>()));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        // Runs that others ask for meanwhile come before the first page.
        Assert.Equal(walked.OrderDescending(StringComparer.Ordinal), walked);
        Assert.Equal(walked.Count, walked.Distinct().Count());
        Assert.Empty(known.Except(walked));
    }

    [Fact]
    public async Task First_runs_read_every_board()
    {
        var runs = ApiAssert.Ok(await users.Administrator.SendAsync(HttpMethod.Get, "/api/admin/scrapes?limit=100"))["items"]!.AsArray()
            .Where(run => run!["trigger"]!.GetValue<string>() == "STARTUP").ToList();

        Assert.Equal(
            ["IITP", "IRIS", "KEIT", "KIMST", "NTIS", "TIPA"],
            runs.Select(run => run!["agency"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(runs, run =>
        {
            Assert.Equal("SUCCEEDED", run!["status"]!.GetValue<string>());
            Assert.True(run["new"]!.GetValue<int>() > 0);
            Assert.True(run["durationSeconds"]!.GetValue<double>() > 0);
            Assert.Null(run["error"]);
        });
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    public async Task Runs_are_refused_when_the_query_is_invalid(string query, string field) =>
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Get, $"/api/admin/scrapes?{query}"), field);
}
