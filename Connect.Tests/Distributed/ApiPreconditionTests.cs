using System.Net;

namespace Connect.Tests.Distributed;

/// <summary>Changes that hold only for what the caller has read.</summary>
public sealed class ApiPreconditionTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    [Fact]
    public async Task Patch_is_done_only_to_what_the_caller_has_read()
    {
        var (user, path, tag) = await CreateAsync();

        var first = await user.SendAsync(HttpMethod.Patch, path, new { name = "하나" }, ifMatch: tag);
        var stale = await user.SendAsync(HttpMethod.Patch, path, new { name = "둘" }, ifMatch: tag);
        var second = await user.SendAsync(HttpMethod.Patch, path, new { name = "셋" }, ifMatch: $"\"other\", {first.ETag}");

        ApiAssert.Ok(first);
        ApiAssert.Problem(HttpStatusCode.PreconditionFailed, "precondition-failed", stale);
        ApiAssert.Ok(second);
        Assert.Equal("셋", (await user.SendAsync(HttpMethod.Get, path)).Body!["profile"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("W/{0}")]
    [InlineData("\"other\", W/{0}")]
    [InlineData("{1}-gzip\"")]
    public async Task Tag_that_a_proxy_has_altered_is_refused_and_explained(string form)
    {
        var (user, path, tag) = await CreateAsync();

        var refused = await user.SendAsync(
            HttpMethod.Patch, path, new { name = "하나" }, ifMatch: string.Format(System.Globalization.CultureInfo.InvariantCulture, form, tag, tag[..^1]));
        var stale = await user.SendAsync(HttpMethod.Patch, path, new { name = "하나" }, ifMatch: "W/\"other\"");

        ApiAssert.Problem(HttpStatusCode.PreconditionFailed, "precondition-failed", refused);
        Assert.Contains("without W/", refused.Text("detail"), StringComparison.Ordinal);
        ApiAssert.Problem(HttpStatusCode.PreconditionFailed, "precondition-failed", stale);
        Assert.Null(stale.Body!["detail"]);
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, path, new { name = "하나" }, ifMatch: tag));
    }

    [Fact]
    public async Task Wildcard_and_no_header_ask_for_nothing()
    {
        var (user, path, _) = await CreateAsync();

        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, path, new { name = "하나" }, ifMatch: "*"));
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, path, new { name = "둘" }));
    }

    [Fact]
    public async Task Precondition_comes_before_what_is_wrong_with_the_change()
    {
        var (user, path, tag) = await CreateAsync();

        ApiAssert.Problem(
            HttpStatusCode.PreconditionFailed, "precondition-failed",
            await user.SendAsync(HttpMethod.Patch, path, new { name = "" }, ifMatch: "\"other\""));
        var refused = await user.SendAsync(HttpMethod.Patch, path, new { name = "" }, ifMatch: tag);
        ApiAssert.Invalid(refused, "name");
        Assert.Null(refused.ETag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("unquoted")]
    [InlineData("\"open")]
    [InlineData("*, \"a\"")]
    [InlineData("\"a\" \"b\"")]
    public async Task Malformed_header_is_refused(string ifMatch)
    {
        var path = users.Path("/api/organizations/{org}");

        ApiAssert.Invalid(await users.Member.SendAsync(HttpMethod.Patch, path, new { name = "이름" }, ifMatch: ifMatch), "ifMatch");
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Delete, path, ifMatch: ifMatch), "ifMatch");
        ApiAssert.Invalid(
            await users.Member.SendAsync(HttpMethod.Patch, $"/api/matches/{Guid.CreateVersion7()}", new { saved = true }, ifMatch: ifMatch), "ifMatch");
    }

    [Fact]
    public async Task Deletion_is_done_only_to_what_the_caller_has_read()
    {
        var (user, path, tag) = await CreateAsync();
        var patched = await user.SendAsync(HttpMethod.Patch, path, new { name = "하나" });

        ApiAssert.Problem(
            HttpStatusCode.PreconditionFailed, "precondition-failed", await users.Administrator.SendAsync(HttpMethod.Delete, path, ifMatch: tag));
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.NoContent, (await users.Administrator.SendAsync(HttpMethod.Delete, path, ifMatch: patched.ETag)).Status);
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await users.Administrator.SendAsync(HttpMethod.Delete, path, ifMatch: "*"));
    }

    [Fact]
    public async Task One_of_two_patches_wins_when_both_have_read_the_same()
    {
        var (user, path, tag) = await CreateAsync();
        await using var rows = await RowLock.TakeAsync(
            application, "select id from organizations where id = $1 for update", Guid.Parse(path.Split('/')[^1]));

        var patches = Task.WhenAll(
            user.SendAsync(HttpMethod.Patch, path, new { name = "하나" }, ifMatch: tag),
            user.SendAsync(HttpMethod.Patch, path, new { name = "둘" }, ifMatch: tag));
        await rows.AwaitWaitersAsync(2);
        await rows.ReleaseAsync();
        var answers = await patches;

        var won = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        ApiAssert.Problem(HttpStatusCode.PreconditionFailed, "precondition-failed", Assert.Single(answers, answer => answer != won));
        var read = await user.SendAsync(HttpMethod.Get, path);
        Assert.Equal(won.ETag, read.ETag);
        Assert.Equal(won.Body!["profile"]!["name"]!.GetValue<string>(), read.Body!["profile"]!["name"]!.GetValue<string>());
    }

    private async Task<(ApiClient User, string Path, string Tag)> CreateAsync()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        var path = $"/api/organizations/{await user.CreateOrganizationAsync()}";
        return (user, path, (await user.SendAsync(HttpMethod.Get, path)).ETag!);
    }
}
