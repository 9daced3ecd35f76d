using System.Net;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed;

/// <summary>
/// The explanation's resource without a model. Tests with a model are in <c>Functional/Explanations</c>.
/// </summary>
public sealed class ApiExplanationsTests(RunningApplication application, ApiUsers users) : IClassFixture<ApiUsers>
{
    private static readonly string[] Shape =
    [
        "matchId", "organizationId", "programId", "language", "source", "text", "model", "fallbackReason", "score", "breakdown", "generatedAt",
    ];

    [Fact]
    public async Task Member_reads_an_explanation_by_rules()
    {
        var match = await FindMatchAsync();

        var answer = await users.Member.SendAsync(HttpMethod.Get, PathOf(match));

        var body = ApiAssert.Ok(answer);
        Assert.Equal(Shape, body.Select(property => property.Key));
        Assert.Equal(match["id"]!.GetValue<string>(), answer.Text("matchId"));
        Assert.Equal(users.Organization, body["organizationId"]!.GetValue<Guid>());
        Assert.Equal(match["program"]!["id"]!.GetValue<string>(), answer.Text("programId"));
        Assert.Equal(("ko", "rules", "not-configured"), (answer.Text("language"), answer.Text("source"), answer.Text("fallbackReason")));
        Assert.Null(body["model"]);
        Assert.Equal(match["score"]!.GetValue<int>(), body["score"]!.GetValue<int>());
        Assert.Contains(match["explanation"]!["summary"]!.GetValue<string>(), answer.Text("text"), StringComparison.Ordinal);
        Assert.EndsWith("+09:00", answer.Text("generatedAt"), StringComparison.Ordinal);
        Assert.Equal(("miss", null), (answer.Cache, answer.ETag));
        Assert.True(answer.Queries >= 0);
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-US,en;q=0.9,ko;q=0.8", "en")]
    [InlineData("ko-KR,en;q=0.5", "ko")]
    [InlineData("fr,en;q=0.5", "en")]
    [InlineData("fr", "ko")]
    [InlineData("en;q=0, *", "ko")]
    public async Task Language_follows_the_caller(string accepted, string expected)
    {
        var answer = await users.Member.SendAsync(HttpMethod.Get, PathOf(await FindMatchAsync()), language: accepted);

        Assert.Equal(expected, ApiAssert.Ok(answer)["language"]!.GetValue<string>());
        Assert.Equal(expected == "en", answer.Text("text").StartsWith("This program", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explanation_is_refused_without_a_token()
    {
        var answer = await users.Anonymous.SendAsync(HttpMethod.Get, PathOf(await FindMatchAsync()));

        ApiAssert.Problem(HttpStatusCode.Unauthorized, "unauthorized", answer);
    }

    [Fact]
    public async Task Stranger_gets_the_same_answer_as_for_an_unknown_id()
    {
        var match = await FindMatchAsync();
        var stranger = await (await application.CreateClientAsync()).SignUpAsync();

        var refused = await stranger.SendAsync(HttpMethod.Get, PathOf(match));
        var unknown = await stranger.SendAsync(HttpMethod.Get, $"/api/matches/{Guid.CreateVersion7()}/explanation");

        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", refused);
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", unknown);
        Assert.Equal(unknown.Text("title"), refused.Text("title"));
        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", await users.Administrator.SendAsync(HttpMethod.Get, PathOf(match)));
    }

    [Fact]
    public async Task What_is_no_id_is_not_found()
    {
        var answer = await users.Member.SendAsync(HttpMethod.Get, "/api/matches/1/explanation");

        ApiAssert.Problem(HttpStatusCode.NotFound, "not-found", answer);
    }

    private static string PathOf(JsonNode match) => $"/api/matches/{match["id"]!.GetValue<string>()}/explanation";

    private async Task<JsonNode> FindMatchAsync() =>
        ApiAssert.Ok(await users.Member.GenerateAsync(users.Organization))["matches"]!.AsArray()[0]!;
}
