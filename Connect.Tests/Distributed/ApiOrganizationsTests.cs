using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

public sealed class ApiOrganizationsTests(RunningApplication application)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Organization_is_created_and_shown_to_its_member()
    {
        var user = await SignUpAsync();
        var number = ApiClient.NextBusinessNumber();

        var created = await CreateAsync(user, number, extra: new() { ["employeeCount"] = "FROM_10_TO_50", ["website"] = "https://example.com/" });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(new Uri(user.Address, $"/api/organizations/{created.Text("id")}"), created.Location);
        Assert.Equal($"{number[..6]}-*****", created.Text("businessNumber"));
        Assert.DoesNotContain(number[7..], created.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("FROM_10_TO_50", created.Body["profile"]!["employeeCount"]!.GetValue<string>());
        Assert.False(created.Body["profileCompleted"]!.GetValue<bool>());
        Assert.InRange(created.Body["profileScore"]!.GetValue<int>(), 50, 100);
        Assert.Equal(7, Guid.Parse(created.Text("id")).Version);

        var read = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, created.Location!.PathAndQuery));
        Assert.True(JsonNode.DeepEquals(created.Body["profile"], read["profile"]));
        Assert.Equal(created.Text("businessNumber"), read["businessNumber"]!.GetValue<string>());
    }

    [Fact]
    public async Task Organization_keeps_what_decides_on_eligibility()
    {
        var user = await SignUpAsync();
        var created = await CreateAsync(user, ApiClient.NextBusinessNumber(), extra: new()
        {
            ["companyScale"] = "MID_SIZED",
            ["establishedOn"] = "2019-03-04",
            ["regions"] = new JsonArray("JEJU", "BUSAN", "JEJU"),
            ["excludedSectors"] = new JsonArray("DEFENSE"),
        });

        Assert.Equal(HttpStatusCode.Created, created.Status);
        var profile = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, created.Location!.PathAndQuery))["profile"]!;
        Assert.Equal(("MID_SIZED", "2019-03-04"), (profile["companyScale"]!.GetValue<string>(), profile["establishedOn"]!.GetValue<string>()));
        Assert.Equal(["BUSAN", "JEJU"], profile["regions"]!.AsArray().Select(region => region!.GetValue<string>()));
        Assert.Equal(["DEFENSE"], profile["excludedSectors"]!.AsArray().Select(sector => sector!.GetValue<string>()));
    }

    [Fact]
    public async Task Own_sector_can_not_be_excluded()
    {
        var user = await SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT");
        var path = $"/api/organizations/{organization}";

        ApiAssert.Invalid(await user.SendAsync(HttpMethod.Patch, path, new { excludedSectors = new[] { "ICT" } }), "excludedSectors");
        ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, path, new { excludedSectors = new[] { "ENERGY" } }));
        ApiAssert.Invalid(await user.SendAsync(HttpMethod.Patch, path, new { industrySector = "ENERGY" }), "excludedSectors");
    }

    [Fact]
    public async Task Second_organization_conflicts_when_the_user_has_one()
    {
        var user = await SignUpAsync();
        await user.CreateOrganizationAsync();

        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await CreateAsync(user, ApiClient.NextBusinessNumber()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Organization_conflicts_when_the_business_number_is_known(bool hasHyphens)
    {
        var number = ApiClient.NextBusinessNumber();
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(await SignUpAsync(), number)).Status);

        var again = await CreateAsync(await SignUpAsync(), hasHyphens ? number : number.Replace("-", "", StringComparison.Ordinal));

        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", again);
    }

    [Fact]
    public async Task One_organization_is_created_when_many_ask_at_once_for_one_number()
    {
        var number = ApiClient.NextBusinessNumber();
        var users = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignUpAsync()));

        var answers = await Task.WhenAll(users.Select(user => CreateAsync(user, number)));

        AssertOneCreated(answers);
    }

    [Fact]
    public async Task One_organization_is_created_when_a_user_asks_for_many_at_once()
    {
        var user = await SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync(user, ApiClient.NextBusinessNumber())));

        AssertOneCreated(answers);
    }

    [Fact]
    public async Task Patch_changes_what_it_names_and_keeps_the_rest()
    {
        var user = await SignUpAsync();
        var created = await CreateAsync(user, ApiClient.NextBusinessNumber(), extra: new()
        {
            ["industrySector"] = "ICT",
            ["technologyReadinessLevel"] = 5,
            ["rdExperience"] = true,
            ["collaborationCount"] = 3,
            ["keyTechnologies"] = new JsonArray("인공지능", "로봇"),
            ["description"] = "설명",
        });
        var path = created.Location!.PathAndQuery;

        var patched = ApiAssert.Ok(await user.SendAsync(
            HttpMethod.Patch, path,
            """{ "name": "새 이름", "technologyReadinessLevel": null, "keyTechnologies": ["양자"], "rdExperience": null, "description": null }""",
            mediaType: "application/merge-patch+json"));

        var expected = created.Body!["profile"]!.DeepClone().AsObject();
        expected["name"] = "새 이름";
        expected["technologyReadinessLevel"] = null;
        expected["keyTechnologies"] = new JsonArray("양자");
        expected["rdExperience"] = false;
        expected["description"] = null;
        Assert.True(JsonNode.DeepEquals(expected, patched["profile"]), patched["profile"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(patched["profile"], (await user.SendAsync(HttpMethod.Get, path)).Body!["profile"]));
        Assert.True(Moment(patched, "updatedAt") > Moment(created.Body, "updatedAt"));
    }

    [Fact]
    public async Task Patches_do_not_lose_each_other_when_they_come_at_once()
    {
        var user = await SignUpAsync();
        var organization = await user.CreateOrganizationAsync();
        string[] patches = ["""{ "address": "서울" }""", """{ "website": "https://example.com" }""", """{ "primaryContactName": "김" }"""];

        var answers = await Task.WhenAll(patches.Select(patch => user.SendAsync(HttpMethod.Patch, $"/api/organizations/{organization}", patch)));

        Assert.All(answers, answer => ApiAssert.Ok(answer));
        var profile = (await user.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}")).Body!["profile"]!;
        Assert.Equal("서울", profile["address"]!.GetValue<string>());
        Assert.Equal("https://example.com", profile["website"]!.GetValue<string>());
        Assert.Equal("김", profile["primaryContactName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData('-', '–')]
    [InlineData('-', '－')]
    [InlineData('-', ' ')]
    public async Task Business_number_is_one_in_every_spelling(char from, char to)
    {
        var number = ApiClient.NextBusinessNumber();
        var created = await CreateAsync(await SignUpAsync(), number.Replace(from, to));

        Assert.Equal($"{number[..6]}-*****", created.Text("businessNumber"));
        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await CreateAsync(await SignUpAsync(), number));
    }

    [Fact]
    public async Task Business_number_is_corrected_while_nobody_else_has_it()
    {
        var user = await SignUpAsync();
        var (wrong, right, other) = (ApiClient.NextBusinessNumber(), ApiClient.NextBusinessNumber(), ApiClient.NextBusinessNumber());
        var path = (await CreateAsync(user, wrong)).Location!.PathAndQuery;
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(await SignUpAsync(), other)).Status);

        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await user.SendAsync(HttpMethod.Patch, path, new { businessNumber = other }));
        var corrected = ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, path, new { businessNumber = right }));

        Assert.Equal($"{right[..6]}-*****", corrected["businessNumber"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(await SignUpAsync(), wrong)).Status);
        ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", await CreateAsync(await SignUpAsync(), right));
    }

    [Fact]
    public async Task One_organization_gets_a_number_that_many_correct_theirs_to_at_once()
    {
        var number = ApiClient.NextBusinessNumber();
        var users = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var user = await SignUpAsync();
            return (User: user, Organization: await user.CreateOrganizationAsync());
        }));

        var answers = await Task.WhenAll(users.Select(user =>
            user.User.SendAsync(HttpMethod.Patch, $"/api/organizations/{user.Organization}", new { businessNumber = number })));

        ApiAssert.Ok(Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK));
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            answer => ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", answer));
    }

    [Fact]
    public async Task Patch_that_changes_nothing_writes_nothing()
    {
        var user = await SignUpAsync();
        var number = ApiClient.NextBusinessNumber();
        var created = await CreateAsync(user, number, extra: new() { ["industrySector"] = "ICT", ["regions"] = new JsonArray("SEOUL", "BUSAN") });
        var path = created.Location!.PathAndQuery;
        var id = Guid.Parse(created.Text("id"));
        ApiAssert.Ok(await user.GenerateAsync(id));

        string[] patches = ["{}", """{ "name": "시험 회사", "regions": ["BUSAN", "SEOUL"], "website": null }""", $$"""{ "businessNumber": "{{number}}" }"""];
        foreach (var patch in patches)
        {
            var patched = await user.SendAsync(HttpMethod.Patch, path, patch);

            Assert.Equal(created.ETag, patched.ETag);
            Assert.True(JsonNode.DeepEquals(created.Body, ApiAssert.Ok(patched)), patched.Body!.ToJsonString());
            Assert.Contains((await user.GenerateAsync(id)).Cache, (string[])["memory", "redis"]);
        }
    }

    [Fact]
    public async Task Strangers_find_nothing_when_they_ask_for_an_organization()
    {
        var organization = await (await SignUpAsync()).CreateOrganizationAsync();
        var stranger = await SignUpAsync();
        var administrator = await (await application.CreateClientAsync()).SignInAsAdministratorAsync();
        var path = $"/api/organizations/{organization}";

        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await stranger.SendAsync(HttpMethod.Get, path));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await stranger.SendAsync(HttpMethod.Get, $"{path}/matches"));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await stranger.SendAsync(HttpMethod.Patch, path, new { name = "내 것" }));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await administrator.SendAsync(HttpMethod.Get, path));
    }

    [Fact]
    public async Task Matches_wait_until_the_profile_says_something()
    {
        var user = await SignUpAsync();
        var created = await CreateAsync(user, ApiClient.NextBusinessNumber());
        var id = Guid.Parse(created.Text("id"));

        ApiAssert.Problem(HttpStatusCode.Conflict, "profile-incomplete", await user.GenerateAsync(id));
        ApiAssert.Problem(HttpStatusCode.Conflict, "profile-incomplete", await user.SendAsync(HttpMethod.Get, $"/api/organizations/{id}/matches"));

        var patched = ApiAssert.Ok(await user.SendAsync(HttpMethod.Patch, $"/api/organizations/{id}", new { industrySector = "ICT" }));
        Assert.True(patched["profileCompleted"]!.GetValue<bool>());
        await AfterPromiseAsync(() => user.GenerateAsync(id));
        ApiAssert.Ok(await user.GenerateAsync(id));
    }

    [Fact]
    public async Task Organization_is_gone_for_its_members_when_it_is_deleted()
    {
        var user = await SignUpAsync();
        var administrator = await (await application.CreateClientAsync()).SignInAsAdministratorAsync();
        var organization = await user.CreateOrganizationAsync();
        ApiAssert.Ok(await user.GenerateAsync(organization));
        var path = $"/api/organizations/{organization}";

        Assert.Equal(HttpStatusCode.NoContent, (await administrator.SendAsync(HttpMethod.Delete, path)).Status);

        await AfterPromiseAsync(() => user.GenerateAsync(organization));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await user.SendAsync(HttpMethod.Get, path));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await user.SendAsync(HttpMethod.Patch, path, new { name = "이름" }));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await user.GenerateAsync(organization));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await administrator.SendAsync(HttpMethod.Delete, path));
        Assert.NotEqual(organization, await user.CreateOrganizationAsync());
    }

    private static void AssertOneCreated(ApiAnswer[] answers)
    {
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Created),
            answer => ApiAssert.Problem(HttpStatusCode.Conflict, "organization-exists", answer));
    }

    private static Task<ApiAnswer> CreateAsync(ApiClient user, string businessNumber, JsonObject? extra = null)
    {
        var body = extra ?? [];
        body["type"] = "COMPANY";
        body["name"] = "시험 회사";
        body["businessNumber"] = businessNumber;
        return user.SendAsync(HttpMethod.Post, "/api/organizations", body);
    }

    private static async Task AfterPromiseAsync(Func<Task<ApiAnswer>> ask)
    {
        var acknowledged = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(acknowledged) < Freshness)
        {
            await ask();
        }
    }

    private static DateTimeOffset Moment(JsonNode body, string field) =>
        DateTimeOffset.Parse(body[field]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<ApiClient> SignUpAsync() => await (await application.CreateClientAsync()).SignUpAsync();
}
