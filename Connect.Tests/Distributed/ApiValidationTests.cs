using System.Net;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

/// <summary>Invalid bodies: always 400.</summary>
public sealed class ApiValidationTests(ApiUsers users) : IClassFixture<ApiUsers>
{
    private static readonly string Long = new('x', 5_000);
    private static readonly string Deep = new string('[', 500) + new string(']', 500);

    public static TheoryData<string, string> InvalidValues => new()
    {
        { "name", "5" },
        { "name", "{}" },
        { "name", "\"\"" },
        { "name", "\"   \"" },
        { "name", $"\"{Long}\"" },
        { "name", "\"a\\u0000b\"" },
        { "description", $"\"{Long}\"" },
        { "description", "\"\\u0000\"" },
        { "description", "[]" },
        { "type", "0" },
        { "type", "\"BOAT\"" },
        { "industrySector", "\"SPACE\"" },
        { "employeeCount", "\"MANY\"" },
        { "companyScale", "\"HUGE\"" },
        { "establishedOn", "\"yesterday\"" },
        { "establishedOn", "\"2026-02-30\"" },
        { "establishedOn", "\"9999-12-31\"" },
        { "regions", "\"BUSAN\"" },
        { "regions", $"[{string.Join(',', Enumerable.Repeat("\"BUSAN\"", 18))}]" },
        { "rdExperience", "\"yes\"" },
        { "collaborationCount", "-1" },
        { "collaborationCount", "10001" },
        { "collaborationCount", "1.5" },
        { "collaborationCount", "\"5\"" },
        { "collaborationCount", "99999999999999999999" },
        { "collaborationCount", "1e400" },
        { "technologyReadinessLevel", "0" },
        { "technologyReadinessLevel", "10" },
        { "targetResearchTrl", "10" },
        { "keyTechnologies", "\"word\"" },
        { "keyTechnologies", "[null]" },
        { "keyTechnologies", "[\" \"]" },
        { "keyTechnologies", "[\"a\\u0000\"]" },
        { "keyTechnologies", $"[\"{Long}\"]" },
        { "keyTechnologies", $"[{string.Join(',', Enumerable.Repeat("\"a\"", 31))}]" },
        { "researchFocusAreas", "[\"\"]" },
        { "primaryContactEmail", "\"nobody\"" },
        { "primaryContactPhone", $"\"{Long}\"" },
        { "website", "\"javascript:alert(1)\"" },
        { "unknown", "1" },
        { "id", "\"00000000-0000-0000-0000-000000000000\"" },
        { "profileScore", "100" },
    };

    [Theory]
    [MemberData(nameof(InvalidValues))]
    public async Task Organization_is_refused_when_a_value_is_invalid(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["type"] = "\"COMPANY\"", ["name"] = "\"회사\"", ["businessNumber"] = "\"123-45-67891\"" };
        fields[field] = value;
        var body = $"{{{string.Join(',', fields.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";

        ApiAssert.Invalid(await users.Member.SendAsync(HttpMethod.Post, "/api/organizations", body), field);
    }

    [Theory]
    [MemberData(nameof(InvalidValues))]
    public async Task Patch_is_refused_and_changes_nothing_when_a_value_is_invalid(string field, string value)
    {
        var path = users.Path("/api/organizations/{org}");
        var before = ApiAssert.Ok(await users.Member.SendAsync(HttpMethod.Get, path));

        var answer = await users.Member.SendAsync(
            HttpMethod.Patch, path, $$"""{ "address": "서울", "{{field}}": {{value}} }""", mediaType: "application/merge-patch+json");

        ApiAssert.Invalid(answer, field);
        Assert.True(JsonNode.DeepEquals(before, (await users.Member.SendAsync(HttpMethod.Get, path)).Body));
    }

    [Theory]
    [InlineData("regions", "[\"ATLANTIS\"]")]
    [InlineData("regions", "[null]")]
    [InlineData("excludedSectors", "[\"OTHER\"]")]
    [InlineData("excludedSectors", "[4]")]
    public async Task Patch_names_the_element_when_one_of_a_list_is_invalid(string field, string value) => ApiAssert.Invalid(
        await users.Member.SendAsync(HttpMethod.Patch, users.Path("/api/organizations/{org}"), $$"""{ "{{field}}": {{value}} }"""), $"{field}[0]");

    [Fact]
    public async Task Organization_names_every_field_when_several_are_missing() =>
        ApiAssert.Invalid(
            await users.Member.SendAsync(HttpMethod.Post, "/api/organizations", new { }), "type", "name", "businessNumber");

    [Theory]
    [InlineData("123")]
    [InlineData("123-45-6789")]
    [InlineData("123-45-678901")]
    [InlineData("abc-de-fghij")]
    [InlineData("123-45-67891\n")]
    [InlineData("١٢٣-٤٥-٦٧٨٩١")]
    public Task Business_number_of_another_form_is_refused(string businessNumber) => AssertRefusedNumberAsync(businessNumber, "form");

    [Theory]
    [InlineData("123-45-67890")]
    [InlineData("1234567890")]
    [InlineData("１２３－４５－６７８９０")]
    public Task Business_number_with_a_wrong_check_digit_is_refused(string businessNumber) => AssertRefusedNumberAsync(businessNumber, "check digit");

    [Fact]
    public Task Business_number_of_no_tax_office_is_refused() => AssertRefusedNumberAsync("000-00-00000", "begins with 000");

    [Fact]
    public Task Business_number_is_not_empty() => AssertRefusedNumberAsync("", "usiness");

    private async Task AssertRefusedNumberAsync(string businessNumber, string reason)
    {
        var created = await users.Member.SendAsync(HttpMethod.Post, "/api/organizations", new { type = "COMPANY", name = "회사", businessNumber });
        var patched = await users.Member.SendAsync(HttpMethod.Patch, users.Path("/api/organizations/{org}"), new { businessNumber });

        foreach (var answer in (ApiAnswer[])[created, patched])
        {
            ApiAssert.Invalid(answer, "businessNumber");
            Assert.Contains(reason, answer.Body!["errors"]!["businessNumber"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Business_number_can_not_be_removed()
    {
        var answer = await users.Member.SendAsync(HttpMethod.Patch, users.Path("/api/organizations/{org}"), """{ "businessNumber": null }""");

        ApiAssert.Invalid(answer, "businessNumber");
    }

    [Theory]
    [InlineData("POST", "/api/organizations", "")]
    [InlineData("POST", "/api/organizations", "{")]
    [InlineData("POST", "/api/organizations", "[]")]
    [InlineData("POST", "/api/organizations", "null")]
    [InlineData("POST", "/api/organizations", "\"text\"")]
    [InlineData("POST", "/api/organizations", "{} {}")]
    [InlineData("POST", "/api/organizations", "<html/>")]
    [InlineData("PATCH", "/api/organizations/{org}", "")]
    [InlineData("PATCH", "/api/organizations/{org}", "{")]
    [InlineData("PATCH", "/api/organizations/{org}", "[]")]
    [InlineData("PATCH", "/api/organizations/{org}", "null")]
    [InlineData("PATCH", "/api/organizations/{org}", """{ "name": "a", "name": "b" }""")]
    [InlineData("PATCH", "/api/organizations/{org}", """{ "name": "\ud800" }""")]
    [InlineData("PATCH", "/api/organizations/{org}", """{ "keyTechnologies": ["\udc00"] }""")]
    [InlineData("PATCH", "/api/organizations/{org}", """{ "\ud800": 1 }""")]
    [InlineData("POST", "/auth/register", "{}")]
    [InlineData("POST", "/auth/login", "{")]
    public async Task Body_is_unreadable_when_it_is_not_the_expected_json(string method, string path, string body) =>
        ApiAssert.Problem(
            HttpStatusCode.BadRequest, "bad-request", await users.Member.SendAsync(new HttpMethod(method), users.Path(path), body));

    [Theory]
    [InlineData("POST", "/api/organizations")]
    [InlineData("PATCH", "/api/organizations/{org}")]
    public async Task Body_is_refused_when_it_is_nested_without_end(string method, string path)
    {
        var answer = await users.Member.SendAsync(new HttpMethod(method), users.Path(path), $$"""{ "keyTechnologies": {{Deep}} }""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Fact]
    public async Task Organization_is_refused_when_a_text_holds_half_a_character() =>
        ApiAssert.Invalid(
            await users.Member.SendAsync(
                HttpMethod.Post, "/api/organizations", """{ "type": "COMPANY", "name": "a\ud800", "businessNumber": "123-45-67891" }"""),
            "name");

    [Theory]
    [InlineData("name")]
    [InlineData("type")]
    public async Task Patch_is_refused_when_it_removes_what_is_required(string field) =>
        ApiAssert.Invalid(
            await users.Member.SendAsync(HttpMethod.Patch, users.Path("/api/organizations/{org}"), $$"""{ "{{field}}": null }"""), field);

    [Theory]
    [InlineData("""{ "agency": "NOPE" }""", "agency")]
    [InlineData("""{ "agency": 4 }""", "agency")]
    [InlineData("""{ "agency": "4" }""", "agency")]
    [InlineData("""{ "board": "NTIS" }""", "board")]
    public async Task Scrape_is_refused_when_the_agency_is_unknown(string body, string field) =>
        ApiAssert.Invalid(await users.Administrator.SendAsync(HttpMethod.Post, "/api/admin/scrapes", body), field);
}
