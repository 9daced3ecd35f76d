using System.Net;
using System.Text.Json.Nodes;
using Connect.Tests.Functional.Caching;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>Stored matches and an organization's marks on them.</summary>
public sealed class ApiStoredMatchesTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static readonly string[] Shape =
    [
        "id", "organizationId", "score", "breakdown", "saved", "viewed", "status", "dismissalReason", "note", "statusAt", "markedAt", "markedBy",
        "computedAt", "algorithmVersion", "etag", "program",
    ];

    private static readonly string[] ProgramShape =
        ["id", "title", "agency", "category", "status", "budgetAmount", "deadline", "daysLeft", "announcementUrl"];

    [Fact]
    public async Task Stored_matches_are_those_that_were_computed()
    {
        var (user, organization) = await SignUpAsync();
        Assert.Empty(await WalkAsync(user, organization));

        var generated = ApiAssert.Ok(await user.GenerateAsync(organization, 15))["matches"]!.AsArray();
        var stored = await WalkAsync(user, organization);

        Assert.Equal(Ids(generated).Order(), Ids(stored).Order());
        Assert.All(stored, item =>
        {
            var match = generated.Single(one => Id(one!) == Id(item))!;
            Assert.Equal(Shape, item.AsObject().Select(property => property.Key));
            Assert.Equal(ProgramShape, item["program"]!.AsObject().Select(property => property.Key));
            Assert.Equal(organization, item["organizationId"]!.GetValue<Guid>());
            Assert.Equal(match["score"]!.GetValue<int>(), item["score"]!.GetValue<int>());
            Assert.True(JsonNode.DeepEquals(match["breakdown"], item["breakdown"]));
            var program = item["program"]!.DeepClone().AsObject();
            Assert.Equal("ACTIVE", program["status"]!.GetValue<string>());
            program.Remove("status");
            Assert.True(JsonNode.DeepEquals(match["program"], program), program.ToJsonString());
            Assert.False(item["saved"]!.GetValue<bool>() || item["viewed"]!.GetValue<bool>());
            Assert.EndsWith("+09:00", item["computedAt"]!.GetValue<string>(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Pages_have_every_match_once_and_the_best_first()
    {
        var (user, organization) = await SignUpAsync();
        await user.GenerateAsync(organization);

        var walked = await WalkAsync(user, organization, "&limit=4");

        var all = await WalkAsync(user, organization, "&limit=100");
        Assert.Equal(Ids(all), Ids(walked));
        Assert.True(walked.Count > 8);
        Assert.Equal(
            walked.OrderByDescending(item => item["score"]!.GetValue<int>()).ThenBy(item => item["id"]!.GetValue<string>(), StringComparer.Ordinal)
                .Select(Id),
            Ids(walked));
    }

    [Fact]
    public async Task Marks_are_kept_and_filtered_by_and_change_no_answer_that_is_cached()
    {
        var (user, organization) = await SignUpAsync();
        await user.GenerateAsync(organization);
        var path = $"/api/organizations/{organization}/matches?limit=15";
        var before = await user.SendAsync(HttpMethod.Get, path);
        var stored = await WalkAsync(user, organization);

        var saved = ApiAssert.Ok(await MarkAsync(user, stored[0], """{ "saved": true }"""));
        var viewed = ApiAssert.Ok(await user.SendAsync(
            HttpMethod.Patch, $"/api/matches/{Id(stored[1])}", """{ "saved": true, "viewed": true }""", mediaType: "application/merge-patch+json"));
        ApiAssert.Ok(await MarkAsync(user, stored[2], """{ "viewed": true }"""));

        Assert.Equal((true, false), (saved["saved"]!.GetValue<bool>(), saved["viewed"]!.GetValue<bool>()));
        Assert.Equal((true, true), (viewed["saved"]!.GetValue<bool>(), viewed["viewed"]!.GetValue<bool>()));
        Assert.Equal([Id(stored[0]), Id(stored[1])], Ids(await WalkAsync(user, organization, "&saved=true")));
        Assert.Equal([Id(stored[1]), Id(stored[2])], Ids(await WalkAsync(user, organization, "&viewed=true&limit=1")));
        Assert.Equal([Id(stored[1])], Ids(await WalkAsync(user, organization, "&saved=true&viewed=true")));
        Assert.Equal(stored.Count - 3, (await WalkAsync(user, organization, "&saved=false&viewed=false")).Count);
        Assert.True(JsonNode.DeepEquals(saved, (await WalkAsync(user, organization))[0]));

        var after = await user.SendAsync(HttpMethod.Get, path, ifNoneMatch: before.ETag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (after.Status, after.Queries));

        ApiAssert.Ok(await MarkAsync(user, stored[0], """{ "saved": false }"""));
        Assert.Equal([Id(stored[1])], Ids(await WalkAsync(user, organization, "&saved=true")));
    }

    [Fact]
    public async Task Same_mark_twice_changes_nothing()
    {
        var (user, organization) = await SignUpAsync();
        await user.GenerateAsync(organization);
        var match = (await WalkAsync(user, organization))[0];
        var marked = await MarkAsync(user, match, """{ "saved": true }""");
        var version = await ReadVersionAsync(Id(match));

        var again = await MarkAsync(user, match, """{ "saved": true, "viewed": false }""");

        Assert.True(JsonNode.DeepEquals(ApiAssert.Ok(marked), ApiAssert.Ok(again)));
        Assert.Equal(marked.ETag, again.ETag);
        Assert.Equal(version, await ReadVersionAsync(Id(match)));
    }

    [Fact]
    public async Task Marks_outlive_a_computation()
    {
        var (user, organization) = await SignUpAsync();
        await user.GenerateAsync(organization);
        var match = (await WalkAsync(user, organization))[0];
        var marked = await MarkAsync(user, match, """{ "saved": true }""");

        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, $"/api/organizations/{organization}", new { rdExperience = false }));

        // The replica that is asked may hear of the change a moment after the one that made it.
        await TestInstance.EventuallyAsync(async () =>
        {
            ApiAssert.Ok(await user.GenerateAsync(organization));
            var again = Assert.Single(await WalkAsync(user, organization, "&saved=true"));
            Assert.Equal(Id(match), Id(again));
            return again["computedAt"]!.GetValue<DateTimeOffset>() > match["computedAt"]!.GetValue<DateTimeOffset>();
        });

        // The tag is that of the marks.
        Assert.Equal(HttpStatusCode.OK, (await MarkAsync(user, match, """{ "viewed": true }""", ifMatch: marked.ETag)).Status);
    }

    [Fact]
    public async Task Marks_change_only_where_they_are_as_the_caller_saw_them()
    {
        var (user, organization) = await SignUpAsync();
        await user.GenerateAsync(organization);
        var match = (await WalkAsync(user, organization))[0];
        var tag = match["etag"]!.GetValue<string>();

        var first = await MarkAsync(user, match, """{ "saved": true }""", tag);
        ApiAssert.Problem(HttpStatusCode.PreconditionFailed, "precondition-failed", await MarkAsync(user, match, """{ "viewed": true }""", tag));
        ApiAssert.Problem(
            HttpStatusCode.PreconditionFailed, "precondition-failed", await MarkAsync(user, match, """{ "viewed": true }""", $"W/{first.ETag}"));

        Assert.Equal(first.ETag, ApiAssert.Ok(first)["etag"]!.GetValue<string>());
        Assert.False((await WalkAsync(user, organization))[0]["viewed"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.OK, (await MarkAsync(user, match, """{ "viewed": true }""", $"{tag}, {first.ETag}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await MarkAsync(user, match, """{ "viewed": false }""", "*")).Status);
    }

    [Theory]
    [InlineData("{}", "saved")]
    [InlineData("""{ "saved": null }""", "saved")]
    [InlineData("""{ "saved": "yes" }""", "saved")]
    [InlineData("""{ "viewed": 1 }""", "viewed")]
    [InlineData("""{ "viewed": true, "score": 100 }""", "score")]
    public async Task Mark_is_refused_when_it_is_none(string body, string field)
    {
        await users.Member.GenerateAsync(users.Organization);
        var match = (await WalkAsync(users.Member, users.Organization))[0];

        ApiAssert.Invalid(await MarkAsync(users.Member, match, body), field);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("true")]
    public async Task Mark_is_refused_when_the_body_is_no_object(string body)
    {
        await users.Member.GenerateAsync(users.Organization);
        var match = (await WalkAsync(users.Member, users.Organization))[0];

        ApiAssert.Problem(HttpStatusCode.BadRequest, "bad-request", await MarkAsync(users.Member, match, body));
    }

    [Theory]
    [InlineData("", "organizationId")]
    [InlineData("?organizationId=abc", "organizationId")]
    [InlineData("?organizationId={org}&limit=0", "limit")]
    [InlineData("?organizationId={org}&limit=101", "limit")]
    [InlineData("?organizationId={org}&saved=maybe", "saved")]
    [InlineData("?organizationId={org}&viewed=1", "viewed")]
    [InlineData("?organizationId={org}&status=WON&status=FOUND", "status")]
    [InlineData("?organizationId={org}&status=WON,LOST", "status")]
    [InlineData("?organizationId={org}&cursor=", "cursor")]
    [InlineData("?organizationId={org}&cursor=abc", "cursor")]
    [InlineData("?organizationId={org}&cursor=LTF8MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "cursor")]
    public async Task List_is_refused_when_the_query_is_invalid(string query, string field) =>
        ApiAssert.Invalid(await users.Member.SendAsync(HttpMethod.Get, users.Path($"/api/matches{query}")), field);

    [Fact]
    public async Task Strangers_find_nothing()
    {
        await users.Member.GenerateAsync(users.Organization);
        var match = (await WalkAsync(users.Member, users.Organization))[0];
        var stranger = await (await application.CreateClientAsync()).SignUpAsync();

        foreach (var other in (ApiClient[])[stranger, users.Administrator])
        {
            ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await other.SendAsync(HttpMethod.Get, users.Path("/api/matches?organizationId={org}")));

            // Neither the tag nor the body says whether it is there.
            ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await MarkAsync(other, match, """{ "saved": true }""", "\"other\""));
            ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await MarkAsync(other, match, "{}"));
        }

        ApiAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await users.Member.SendAsync(HttpMethod.Patch, $"/api/matches/{Guid.CreateVersion7()}", new { saved = true }));
        ApiAssert.Problem(
            HttpStatusCode.NotFound, "not-found", await users.Member.SendAsync(HttpMethod.Get, $"/api/matches?organizationId={Guid.CreateVersion7()}"));
    }

    [Fact]
    public async Task Matches_are_gone_with_their_organization()
    {
        var (user, organization) = await SignUpAsync();
        await user.GenerateAsync(organization);
        var match = (await WalkAsync(user, organization))[0];

        Assert.Equal(
            HttpStatusCode.NoContent, (await users.Administrator.SendAsync(HttpMethod.Delete, $"/api/organizations/{organization}")).Status);

        // The mark's transaction reads the database, so it does not depend on this replica having learned of the
        // change.
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await MarkAsync(user, match, """{ "saved": true }"""));
        await AwaitAsync(HttpStatusCode.NotFound, () => user.SendAsync(HttpMethod.Get, $"/api/matches?organizationId={organization}"));
    }

    private static Task AwaitAsync(HttpStatusCode status, Func<Task<ApiAnswer>> ask) =>
        TestInstance.EventuallyAsync(async () => (await ask()).Status == status && (await ask()).Status == status);

    private static Task<ApiAnswer> MarkAsync(ApiClient user, JsonNode match, string body, string? ifMatch = null) =>
        user.SendAsync(HttpMethod.Patch, $"/api/matches/{Id(match)}", body, ifMatch: ifMatch);

    private static async Task<List<JsonNode>> WalkAsync(ApiClient user, Guid organization, string query = "")
    {
        List<JsonNode> walked = [];
        string? cursor = null;
        do
        {
            var page = ApiAssert.Ok(await user.SendAsync(
                HttpMethod.Get, $"/api/matches?organizationId={organization}{query}{(cursor is null ? "" : $"&cursor={cursor}")}"));
            walked.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        return walked;
    }

    // The id of the transaction that wrote the row.
    private async Task<string> ReadVersionAsync(Guid match)
    {
        await using var source = NpgsqlDataSource.Create((await application.GetDatabaseAsync())!);
        await using var command = source.CreateCommand("select xmin::text from matches where id = $1");
        command.Parameters.Add(new() { Value = match });
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static IEnumerable<Guid> Ids(IEnumerable<JsonNode?> items) => items.Select(item => Id(item!));

    private static Guid Id(JsonNode item) => item["id"]!.GetValue<Guid>();

    private async Task<(ApiClient User, Guid Organization)> SignUpAsync()
    {
        var user = await (await application.CreateClientAsync()).SignUpAsync();
        return (user, await user.CreateOrganizationAsync("ICT", "인공지능"));
    }
}
