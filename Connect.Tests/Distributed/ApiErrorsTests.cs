using System.Net;

namespace Connect.Tests.Distributed;

/// <summary>Every error is answered with problem+json of a stable type.</summary>
public sealed class ApiErrorsTests(ApiUsers users) : IClassFixture<ApiUsers>
{
    private static readonly Guid Unknown = Guid.CreateVersion7();

    public static TheoryData<string, string> ProtectedRoutes => new()
    {
        { "POST", "/api/organizations" },
        { "GET", "/api/organizations/{org}" },
        { "PATCH", "/api/organizations/{org}" },
        { "DELETE", "/api/organizations/{org}" },
        { "GET", "/api/organizations/{org}/matches" },
        { "POST", "/api/matches/generate?organizationId={org}" },
        { "GET", "/api/matches?organizationId={org}" },
        { "PATCH", "/api/matches/{org}" },
        { "GET", "/api/matches/{org}/explanation" },
        { "GET", "/api/organizations/{org}/members" },
        { "PATCH", "/api/organizations/{org}/members/{org}" },
        { "DELETE", "/api/organizations/{org}/members/{org}" },
        { "POST", "/api/organizations/{org}/invitations" },
        { "GET", "/api/organizations/{org}/invitations" },
        { "DELETE", "/api/organizations/{org}/invitations/{org}" },
        { "POST", "/api/invitations/accept" },
        { "GET", "/api/programs" },
        { "GET", "/api/programs?limit=abc" },
        { "GET", "/api/programs/{org}" },
        { "POST", "/api/admin/scrapes" },
        { "GET", "/api/admin/scrapes" },
        { "GET", "/api/admin/scrapes/{org}/page" },
        { "GET", "/api/admin/cache" },
        { "DELETE", "/api/admin/cache/tags/programs" },
        { "POST", "/api/admin/cache/warm" },
        { "GET", "/api/admin/cache/warmings" },
        { "GET", "/api/admin/audit" },
        { "GET", "/api/admin/organizations" },
        { "POST", "/api/admin/organizations/{org}/restore" },
        { "GET", "/auth/manage/info" },
        { "GET", "/auth/manage/export" },
        { "DELETE", "/auth/manage/account" },
    };

    [Theory]
    [MemberData(nameof(ProtectedRoutes))]
    public async Task Caller_is_unauthorized_when_there_is_no_token(string method, string path) =>
        ApiAssert.Problem(
            HttpStatusCode.Unauthorized, "unauthorized",
            await users.Anonymous.SendAsync(new HttpMethod(method), users.Path(path), method is "POST" or "PATCH" ? new { } : null));

    [Fact]
    public async Task Caller_is_unauthorized_when_the_token_is_not_one()
    {
        var forger = new ApiClient(users.Anonymous.Address).WithToken("CfDJ8" + new string('x', 200));

        ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", await forger.SendAsync(HttpMethod.Get, "/api/programs"));
    }

    [Theory]
    [InlineData("GET", "/api/admin/scrapes")]
    [InlineData("GET", "/api/admin/scrapes/{org}/page")]
    [InlineData("POST", "/api/admin/scrapes")]
    [InlineData("GET", "/api/admin/cache")]
    [InlineData("DELETE", "/api/admin/cache/tags/programs")]
    [InlineData("POST", "/api/admin/cache/warm")]
    [InlineData("GET", "/api/admin/cache/warmings")]
    [InlineData("GET", "/api/admin/audit")]
    [InlineData("GET", "/api/admin/organizations")]
    [InlineData("POST", "/api/admin/organizations/{org}/restore")]
    public async Task User_is_forbidden_when_only_administrators_may(string method, string path) =>
        ApiAssert.Problem(
            HttpStatusCode.Forbidden, "forbidden",
            await users.Member.SendAsync(new HttpMethod(method), users.Path(path), method == "POST" ? new { } : null));

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/api")]
    [InlineData("/api/nowhere")]
    [InlineData("/api/%FF")]
    [InlineData("/api/organizations/not-an-id")]
    [InlineData("/api/organizations/00000000-0000-0000-0000-000000000000")]
    [InlineData("/api/programs/not-an-id")]
    [InlineData("/api/programs/00000000-0000-0000-0000-000000000000")]
    [InlineData("/auth/nowhere")]
    [InlineData("/openapi/v2.json")]
    public async Task Nothing_is_found_when_the_address_is_unknown(string path) =>
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await users.Member.SendAsync(HttpMethod.Get, path));

    [Theory]
    [InlineData("DELETE", "/api/programs")]
    [InlineData("POST", "/api/programs")]
    [InlineData("OPTIONS", "/api/programs")]
    [InlineData("PUT", "/api/organizations")]
    [InlineData("GET", "/api/matches/generate")]
    [InlineData("TRACE", "/api/programs")]
    [InlineData("GET", "/auth/login")]
    public async Task Method_is_refused_when_the_route_has_it_not(string method, string path) =>
        ApiAssert.Problem(
            HttpStatusCode.MethodNotAllowed, "method-not-allowed", await users.Member.SendAsync(new HttpMethod(method), path));

    [Theory]
    [InlineData("POST", "/api/organizations", "text/plain")]
    [InlineData("POST", "/api/organizations", "application/xml")]
    [InlineData("POST", "/api/organizations", "application/x-www-form-urlencoded")]
    [InlineData("PATCH", "/api/organizations/{org}", "text/plain")]
    [InlineData("PATCH", "/api/matches/{org}", "text/plain")]
    [InlineData("POST", "/auth/login", "text/plain")]
    public async Task Body_is_refused_when_its_media_type_is_not_json(string method, string path, string mediaType) =>
        ApiAssert.Problem(
            HttpStatusCode.UnsupportedMediaType, "unsupported-media-type",
            await users.Member.SendAsync(new HttpMethod(method), users.Path(path), "{}", mediaType: mediaType));

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("limit=2147483647", "limit")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=fA", "cursor")]
    [InlineData("cursor=LTF8MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw", "cursor")]
    [InlineData("agency=NOPE", "agency")]
    [InlineData("agency=4", "agency")]
    [InlineData("agency=NTIS&agency=NOPE", "agency")]
    [InlineData("kind=GRANT", "kind")]
    [InlineData("region=ATLANTIS", "region")]
    [InlineData("audience=ANYBODY", "audience")]
    [InlineData("trl=0", "trl")]
    [InlineData("trl=10", "trl")]
    [InlineData("amountFrom=-1", "amountFrom")]
    [InlineData("amountTo=1.5", "amountTo")]
    [InlineData("amountTo=9223372036854775808", "amountTo")]
    [InlineData("publishedFrom=today", "publishedFrom")]
    [InlineData("sort=title", "sort")]
    [InlineData("sort=relevance", "sort")]
    [InlineData("sort=relevance&q=-word", "sort")]
    [InlineData("facets=some", "facets")]
    [InlineData("q=a+b+c+d+e+f+g+h+i+j+k", "q")]
    [InlineData("cursor=MHwwfDB8fDAxOTlmM2EyLTVjMDAtNzAwMi04YjRkLTZlMWY5YTdjMmQzNQ&sort=amount", "cursor")]
    [InlineData("sector=SPACE", "sector")]
    [InlineData("status=open", "status")]
    [InlineData("q=%00", "q")]
    [InlineData("deadlineFrom=yesterday", "deadlineFrom")]
    [InlineData("deadlineFrom=2026-02-30", "deadlineFrom")]
    [InlineData("deadlineFrom=2026-12-01T00:00:00", "deadlineFrom")]
    [InlineData("deadlineTo=0001-01-01T00:00:00%2B09:00", "deadlineTo")]
    public async Task List_is_refused_when_the_query_is_invalid(string query, string field) =>
        ApiAssert.Invalid(await users.Member.SendAsync(HttpMethod.Get, $"/api/programs?{query}"), field);

    [Fact]
    public async Task List_names_every_field_when_several_are_invalid() =>
        ApiAssert.Invalid(
            await users.Member.SendAsync(HttpMethod.Get, $"/api/programs?limit=0&cursor=x&agency=x&status=x&deadlineTo=x&q={new string('x', 201)}"),
            "limit", "cursor", "agency", "status", "deadlineTo", "q");

    [Theory]
    [InlineData("", "organizationId")]
    [InlineData("?organizationId=", "organizationId")]
    [InlineData("?organizationId=abc", "organizationId")]
    [InlineData("?organizationId={org}&limit=0", "limit")]
    [InlineData("?organizationId={org}&limit=16", "limit")]
    [InlineData("?organizationId={org}&limit=abc", "limit")]
    public async Task Generate_is_refused_when_the_query_is_invalid(string query, string field) =>
        ApiAssert.Invalid(await users.Member.SendAsync(HttpMethod.Post, users.Path($"/api/matches/generate{query}")), field);

    [Fact]
    public async Task Generate_finds_nothing_when_the_organization_is_unknown() =>
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await users.Member.GenerateAsync(Unknown));

    [Theory]
    [InlineData("GET", "/api/programs", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/auth/login", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/auth/login", HttpStatusCode.BadRequest)]
    public async Task Error_is_a_problem_when_the_caller_asks_for_another_media_type(string method, string path, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = users.Anonymous.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd("text/html");
        request.Content = method == "POST" ? new StringContent("{", System.Text.Encoding.UTF8, "application/json") : null;

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"type\":\"urn:connect:problem:", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
