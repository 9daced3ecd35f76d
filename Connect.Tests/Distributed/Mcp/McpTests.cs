using System.Net;
using System.Text.Json.Nodes;
using Connect.Domain.Programs;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Connect.Tests.Distributed.Mcp;

/// <summary>The Model Context Protocol's own client against the API: tools answer what routes answer.</summary>
public sealed class McpTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static readonly string[] Tools =
    [
        "explain_hidden_programs", "explain_match", "get_matches", "get_program", "get_program_series", "list_similar_programs", "list_stored_matches",
        "search_programs",
    ];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tools_are_listed_with_what_they_take()
    {
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        await using var client = await ConnectAsync(user);

        var tools = await client.ListToolsAsync(cancellationToken: CancellationToken);

        Assert.Equal(Tools, tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.All(tools, tool => Assert.NotEmpty(tool.Description));
        var search = tools.Single(tool => tool.Name == "search_programs").JsonSchema.GetProperty("properties");
        Assert.Contains("\"UPCOMING\"", search.GetProperty("status").GetRawText(), StringComparison.Ordinal);
        Assert.False(search.TryGetProperty("cancellationToken", out _));
    }

    [Fact]
    public async Task Answers_are_those_of_the_routes()
    {
        var word = await AddProgramsAsync();
        var user = await new ApiClient(shared.Api.Address).SignUpAsync();
        var organization = await user.CreateOrganizationAsync("ICT", "인공지능");
        await using var client = await ConnectAsync(user);
        var ranking = ApiAssert.Ok(await user.SendAsync(HttpMethod.Get, $"/api/organizations/{organization}/matches?limit=15", language: "en"));
        var match = ranking["matches"]![0]!["id"]!.GetValue<string>();
        var program = ranking["matches"]![0]!["program"]!["id"]!.GetValue<string>();

        await AssertSameAsync("get_matches", new() { ["limit"] = 15, ["language"] = "en" }, $"/api/organizations/{organization}/matches?limit=15", language: "en");
        await AssertSameAsync("get_matches", new() { ["status"] = "UPCOMING" }, $"/api/organizations/{organization}/matches?status=UPCOMING");
        await AssertSameAsync("explain_hidden_programs", [], $"/api/matches/generate?organizationId={organization}&explain=true", HttpMethod.Post);
        await AssertSameAsync("explain_match", new() { ["id"] = match }, $"/api/matches/{match}/explanation");
        await AssertSameAsync("list_stored_matches", new() { ["q"] = word }, $"/api/matches?organizationId={organization}&q={word}");
        await AssertSameAsync(
            "search_programs", new() { ["q"] = $"{word} 인공 지능", ["status"] = new[] { "ACTIVE" }, ["limit"] = 2, ["facets"] = true },
            $"/api/programs?q={word}%20인공%20지능&status=ACTIVE&limit=2&facets=true");
        await AssertSameAsync("get_program", new() { ["id"] = program }, $"/api/programs/{program}");
        await AssertSameAsync("get_program_series", new() { ["id"] = program }, $"/api/programs/{program}/series");
        await AssertSameAsync("list_similar_programs", new() { ["id"] = program, ["limit"] = 3 }, $"/api/programs/{program}/similar?limit=3");

        async Task AssertSameAsync(
            string tool, Dictionary<string, object?> arguments, string path, HttpMethod? method = null, string? language = null)
        {
            var expected = ApiAssert.Ok(await user.SendAsync(method ?? HttpMethod.Get, path, language: language));
            var answer = await client.CallToolAsync(tool, arguments, cancellationToken: CancellationToken);
            Assert.NotEqual(true, answer.IsError);
            var actual = JsonNode.Parse(answer.StructuredContent!.Value.GetRawText())!.AsObject();
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text), actual));

            // When a text was written, and whether an answer was there already, differ from request to request.
            foreach (var name in (string[])["cached", "generatedAt"])
            {
                Assert.Equal(expected.Remove(name), actual.Remove(name));
            }

            Assert.True(JsonNode.DeepEquals(expected, actual), $"{tool}: {actual} instead of {expected}");
        }
    }

    [Fact]
    public async Task Refusals_are_the_routes_too()
    {
        await AddProgramsAsync();
        var owner = await new ApiClient(shared.Api.Address).SignUpAsync();
        var organization = await owner.CreateOrganizationAsync("ICT", "인공지능");
        var match = ApiAssert.Ok(await owner.GenerateAsync(organization))["matches"]![0]!["id"]!.GetValue<string>();
        var stranger = await new ApiClient(shared.Api.Address).SignUpAsync();
        await using var client = await ConnectAsync(stranger);

        await AssertRefusedAsync("get_matches", [], 404);
        await AssertRefusedAsync("get_matches", new() { ["organizationId"] = organization }, 404);
        await AssertRefusedAsync("explain_hidden_programs", new() { ["organizationId"] = organization }, 404);
        await AssertRefusedAsync("list_stored_matches", new() { ["organizationId"] = organization }, 404);
        await AssertRefusedAsync("explain_match", new() { ["id"] = match }, 404);
        await AssertRefusedAsync("get_program", new() { ["id"] = Guid.NewGuid() }, 404);
        await AssertRefusedAsync("search_programs", new() { ["limit"] = 1_000 }, 400);
        await AssertRefusedAsync("search_programs", new() { ["cursor"] = "x" }, 400);

        async Task AssertRefusedAsync(string tool, Dictionary<string, object?> arguments, int status)
        {
            var answer = await client.CallToolAsync(tool, arguments, cancellationToken: CancellationToken);
            Assert.True(answer.IsError);
            Assert.Equal(status, answer.StructuredContent!.Value.GetProperty("status").GetInt32());
            Assert.StartsWith("urn:connect:problem:", answer.StructuredContent.Value.GetProperty("type").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Callers_without_a_token_get_nothing()
    {
        using var http = new HttpClient { BaseAddress = shared.Api.Address };
        using var content = new StringContent("""{ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = content };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await http.SendAsync(request, CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static Task<McpClient> ConnectAsync(ApiClient user) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(user.Address, "/mcp"),
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = user.Authorization!.ToString() },
        }),
        cancellationToken: CancellationToken);

    private async Task<string> AddProgramsAsync()
    {
        var word = $"w{Guid.NewGuid():N}";
        await using var context = shared.Instances.CreateContext();
        for (var number = 0; number < 4; number++)
        {
            context.Programs.Add(new FundingProgram
            {
                Title = $"2099년도 인공지능 기술개발사업 신규과제 공고 {word} {number}",
                AnnouncementUrl = $"https://example.com/{word}/{number}",
                IdentityKey = $"{word}-{number}",
                Fingerprint = $"{number}",
                Deadline = new DateTimeOffset(2099, 7, 1, 9, 0, 0, TimeSpan.Zero),
            }.Classified());
        }

        await context.SaveChangesAsync(CancellationToken);
        return word;
    }
}
