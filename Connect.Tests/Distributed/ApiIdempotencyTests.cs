using System.Net;
using System.Text.Json.Nodes;
using Npgsql;

namespace Connect.Tests.Distributed;

/// <summary>Writes with an <c>Idempotency-Key</c>, which may be repeated.</summary>
public sealed class ApiIdempotencyTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Organization_is_created_once_when_it_is_asked_for_again()
    {
        var user = await SignUpAsync();
        var body = NewBody();
        var first = await CreateAsync(user, body, "one");
        var patched = await user.SendAsync(HttpMethod.Patch, first.Location!.PathAndQuery, new { name = "새 이름" });

        // The order of fields and white space do not count.
        var again = await user.SendAsync(
            HttpMethod.Post, "/api/organizations",
            new JsonObject(body.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToString(), idempotencyKeys: "one");

        Assert.Equal((HttpStatusCode.Created, false), (first.Status, first.IsReplayed));
        Assert.Equal((HttpStatusCode.Created, true), (again.Status, again.IsReplayed));
        Assert.Equal((first.Text("id"), first.Location), (again.Text("id"), again.Location));

        // As it is now.
        Assert.Equal("새 이름", again.Body!["profile"]!["name"]!.GetValue<string>());
        Assert.Equal(patched.ETag, again.ETag);
    }

    [Fact]
    public async Task One_organization_is_created_when_two_requests_have_one_name_at_once()
    {
        var user = await SignUpAsync();
        var id = Guid.Parse((await FindUserAsync(user))!);
        var body = NewBody();
        await using var rows = await RowLock.TakeAsync(application, "select id from users where id = $1 for update", id);

        var requests = Task.WhenAll(CreateAsync(user, body, "once"), CreateAsync(user, body, "once"), CreateAsync(user, body, "once"));
        await rows.AwaitWaitersAsync(3);
        await rows.ReleaseAsync();
        var answers = await requests;

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => (answer.Text("id"), answer.ETag)).Distinct());
        Assert.Equal(2, answers.Count(answer => answer.IsReplayed));
    }

    [Fact]
    public async Task Name_of_another_write_is_refused()
    {
        var user = await SignUpAsync();
        var body = NewBody();
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(user, body, "name")).Status);

        body["name"] = "다른 회사";
        ApiAssert.Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", await CreateAsync(user, body, "name"));

        // A key belongs to one user.
        var other = await CreateAsync(await SignUpAsync(), NewBody(), "name");
        Assert.Equal((HttpStatusCode.Created, false), (other.Status, other.IsReplayed));
    }

    [Fact]
    public async Task Name_is_free_after_a_refusal()
    {
        var taken = NewBody();
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(await SignUpAsync(), taken)).Status);
        var user = await SignUpAsync();

        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await CreateAsync(user, taken, "again"));
        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await CreateAsync(user, taken, "again"));
        var created = await CreateAsync(user, NewBody(), "again");

        Assert.Equal((HttpStatusCode.Created, false), (created.Status, created.IsReplayed));
    }

    [Fact]
    public async Task Repeated_request_tells_nothing_of_an_organization_that_is_gone()
    {
        var user = await SignUpAsync();
        var body = NewBody();
        var created = await CreateAsync(user, body, "gone");
        Assert.Equal(HttpStatusCode.NoContent, (await users.Administrator.SendAsync(HttpMethod.Delete, created.Location!.PathAndQuery)).Status);

        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await CreateAsync(user, body, "gone"));
    }

    [Fact]
    public async Task Runs_are_asked_for_once()
    {
        var key = Guid.NewGuid().ToString();
        var first = await ScrapeAsync(new { agency = "KIMST" }, key);
        var again = await ScrapeAsync(new { agency = "KIMST" }, key);

        // 200 where a run of another test waits.
        Assert.True(first.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, first.Status.ToString());
        Assert.Equal((first.Status, true), (again.Status, again.IsReplayed));
        Assert.True(JsonNode.DeepEquals(first.Body, again.Body));
        Assert.Equal(first.Location, again.Location);
        ApiAssert.Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", await ScrapeAsync(new { }, key));
        ApiAssert.Problem(
            HttpStatusCode.UnprocessableEntity, "idempotency-key-reused",
            await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: key));
    }

    [Fact]
    public async Task Warming_is_asked_for_once()
    {
        var key = Guid.NewGuid().ToString();
        var first = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: key);
        var again = await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: key);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, true), (first.Status, again.Status, again.IsReplayed));
        Assert.True(JsonNode.DeepEquals(first.Body, again.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("201")]
    [InlineData("one", "two")]
    public async Task Name_is_refused_when_it_is_none(params string[] keys)
    {
        keys = keys is ["201"] ? [new string('x', 201)] : keys;

        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/cache/warm", idempotencyKeys: keys), "idempotencyKey");
        ApiAssert.Invalid(await users.Member.SendAsync(HttpMethod.Post, "/api/organizations", NewBody(), idempotencyKeys: keys), "idempotencyKey");
    }

    [Fact]
    public async Task Stored_is_what_was_done_and_nothing_of_what_was_sent()
    {
        var user = await SignUpAsync();
        var longest = new string('~', 200);
        var created = await CreateAsync(user, NewBody(), longest);

        await using var source = await ConnectAsync();
        await using var command = source.CreateCommand(
            "select operation, length(request_hash), result_ids[1], array_length(result_ids, 1) from idempotency_keys where key = $1 and user_id = $2");
        command.Parameters.Add(new() { Value = longest });
        command.Parameters.Add(new() { Value = Guid.Parse((await FindUserAsync(user))!) });
        await using var reader = await command.ExecuteReaderAsync(CancellationToken);
        Assert.True(await reader.ReadAsync(CancellationToken));
        Assert.Equal(
            ("organizations.create", 64, Guid.Parse(created.Text("id")), 1),
            (reader.GetString(0), reader.GetInt32(1), reader.GetGuid(2), reader.GetInt32(3)));
    }

    [Fact]
    public async Task Computation_has_no_use_for_a_name()
    {
        var path = users.Path("/api/matches/generate?organizationId={org}");

        ApiAssert.Ok(await users.Member.SendAsync(HttpMethod.Post, path, idempotencyKeys: "same"));
        var again = await users.Member.SendAsync(HttpMethod.Post, $"{path}&limit=5", idempotencyKeys: "same");

        ApiAssert.Ok(again);
        Assert.False(again.IsReplayed);
    }

    private static JsonObject NewBody() => new()
    {
        ["type"] = "COMPANY",
        ["name"] = "시험 회사",
        ["businessNumber"] = ApiClient.NextBusinessNumber(),
        ["keyTechnologies"] = new JsonArray("로봇"),
    };

    private static Task<ApiAnswer> CreateAsync(ApiClient user, JsonObject body, params string[] keys) =>
        user.SendAsync(HttpMethod.Post, "/api/organizations", body, idempotencyKeys: keys);

    private Task<ApiAnswer> ScrapeAsync(object body, string key) =>
        users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", body, idempotencyKeys: key);

    private async Task<string?> FindUserAsync(ApiClient user)
    {
        var email = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, "/auth/manage/info"))["email"]!.GetValue<string>();
        await using var source = await ConnectAsync();
        await using var command = source.CreateCommand("select id::text from users where email = $1");
        command.Parameters.Add(new() { Value = email });
        return await command.ExecuteScalarAsync(CancellationToken) as string;
    }

    private async Task<NpgsqlDataSource> ConnectAsync() =>
        NpgsqlDataSource.Create(await application.GetDatabaseAsync());

    private async Task<ApiClient> SignUpAsync() => await (await application.CreateClientAsync()).SignUpAsync();
}
