using System.Net;

namespace Connect.Tests.Distributed;

/// <summary>Conditional requests, and HEAD.</summary>
public sealed class ApiConditionalTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    [Theory]
    [InlineData("/api/organizations/{org}")]
    [InlineData("/api/programs?limit=3")]
    [InlineData("/api/programs/{program}")]
    [InlineData("/api/matches?organizationId={org}&limit=3")]
    public async Task Answer_is_not_sent_again_while_it_is_the_same(string path)
    {
        path = await FillAsync(path);
        var first = await users.Member.SendAsync(HttpMethod.Get, path);
        ApiAssert.Ok(first);
        Assert.Matches("^\"[0-9a-f]+\"$", first.ETag);
        Assert.Equal("application/json", first.MediaType);

        foreach (var known in (string[])[first.ETag!, $"W/{first.ETag}", $"\"other\", {first.ETag}", "*"])
        {
            var again = await users.Member.SendAsync(HttpMethod.Get, path, ifNoneMatch: known);
            Assert.Equal((HttpStatusCode.NotModified, first.ETag, 0), (again.Status, again.ETag, again.Length));
            Assert.Equal("no-cache, private", again.CacheControl);
        }

        foreach (var unknown in (string[])["\"other\"", "other", ""])
        {
            Assert.Equal(HttpStatusCode.OK, (await users.Member.SendAsync(HttpMethod.Get, path, ifNoneMatch: unknown)).Status);
        }
    }

    [Fact]
    public async Task Tag_tells_pages_and_filters_apart()
    {
        var tags = new List<string?>();
        foreach (var query in (string[])["limit=3", "limit=4", "limit=3&agency=NTIS"])
        {
            tags.Add((await users.Member.SendAsync(HttpMethod.Get, $"/api/programs?{query}")).ETag);
        }

        Assert.Equal(3, tags.Distinct().Count());
        var refused = await users.Member.SendAsync(HttpMethod.Get, "/api/programs?limit=0");
        ApiAssert.Invalid(refused, "limit");
        Assert.Null(refused.ETag);
    }

    [Fact]
    public async Task Organization_has_a_new_tag_after_every_change()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var created = await user.SendAsync(
            HttpMethod.Post, "/api/organizations",
            new { type = "COMPANY", name = "시험 회사", businessNumber = ApiClient.NextBusinessNumber(), industrySector = "ICT" });
        var path = created.Location!.PathAndQuery;
        Assert.Equal(created.ETag, (await user.SendAsync(HttpMethod.Get, path)).ETag);

        var patched = await user.SendAsync(HttpMethod.Patch, path, new { name = "새 이름" });

        Assert.Equal(HttpStatusCode.OK, patched.Status);
        Assert.NotEqual(created.ETag, patched.ETag);
        Assert.Equal(HttpStatusCode.OK, (await user.SendAsync(HttpMethod.Get, path, ifNoneMatch: created.ETag)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await user.SendAsync(HttpMethod.Get, path, ifNoneMatch: patched.ETag)).Status);

        // Reading it, or computing from it, does not change it.
        await user.GenerateAsync(Guid.Parse(created.Text("id")));
        Assert.Equal(patched.ETag, (await user.SendAsync(HttpMethod.Get, path)).ETag);
    }

    [Theory]
    [InlineData("/api/programs", HttpStatusCode.OK)]
    [InlineData("/api/programs/{program}", HttpStatusCode.OK)]
    [InlineData("/api/programs?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/organizations/{org}", HttpStatusCode.OK)]
    [InlineData("/api/organizations/{org}/matches", HttpStatusCode.OK)]
    [InlineData("/api/matches?organizationId={org}", HttpStatusCode.OK)]
    [InlineData("/api/admin/scrapes", HttpStatusCode.Forbidden)]
    [InlineData("/api/admin/audit", HttpStatusCode.Forbidden)]
    [InlineData("/auth/manage/info", HttpStatusCode.OK)]
    [InlineData("/api/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/matches/generate", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    public async Task Head_is_answered_as_get_is_without_the_body(string path, HttpStatusCode status)
    {
        path = await FillAsync(path);
        var get = await users.Member.SendAsync(HttpMethod.Get, path);

        var head = await users.Member.SendAsync(HttpMethod.Head, path);

        Assert.Equal((status, status, 0), (get.Status, head.Status, head.Length));
        Assert.Equal((get.MediaType, get.ETag), (head.MediaType, head.ETag));
    }

    [Fact]
    public async Task Head_is_conditional_too()
    {
        var tag = (await users.Member.SendAsync(HttpMethod.Head, "/api/programs?limit=5")).ETag;

        Assert.Equal(HttpStatusCode.NotModified, (await users.Member.SendAsync(HttpMethod.Head, "/api/programs?limit=5", ifNoneMatch: tag)).Status);
    }

    private async Task<string> FillAsync(string path) => path.Contains("{program}", StringComparison.Ordinal)
        ? path.Replace(
            "{program}",
            (await users.Member.SendAsync(HttpMethod.Get, "/api/programs?limit=1")).Body!["items"]![0]!["id"]!.GetValue<string>(),
            StringComparison.Ordinal)
        : users.Path(path);
}
