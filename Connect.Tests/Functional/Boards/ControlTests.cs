using System.Net;
using System.Net.Http.Json;
using System.Text;
using Connect.Domain.Programs;

namespace Connect.Tests.Functional.Boards;

public sealed class ControlTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/_simulator/advance", """{ "new": -1 }""")]
    [InlineData("/_simulator/advance", """{ "new": "many" }""")]
    [InlineData("/_simulator/advance", """{ "changed": 100001 }""")]
    [InlineData("/_simulator/advance", """{ "withdrawn": -1 }""")]
    [InlineData("/_simulator/advance", """{ "reposted": 100001 }""")]
    [InlineData("/_simulator/advance", """{ "moved": 1.5 }""")]
    [InlineData("/_simulator/advance", "not json")]
    [InlineData("/_simulator/faults", """{ "board": "NASA", "kind": "slow", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "fire", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "none", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "1", "kind": "slow", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "slow", "count": 100001 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "slow", "count": 1, "after": -1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "slow", "count": 1, "after": 10001 }""")]
    public async Task Control_answers_a_problem_when_the_request_is_bad(string path, string body)
    {
        await using var boards = new BoardsHarness();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await boards.Control.PostAsync(path, content, CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("""{ "new": 3, "changed": 2, "closed": 1 }""", """{"new":3,"changed":2,"closed":1}""")]
    [InlineData("{}", """{"new":0,"changed":0,"closed":0}""")]
    [InlineData("""{ "moved": 0 }""", """{"new":0,"changed":0,"closed":0,"moved":0}""")]
    [InlineData(
        """{ "withdrawn": 1, "reposted": 2, "moved": 3 }""",
        """{"new":0,"changed":0,"closed":0,"withdrawn":1,"reposted":2,"moved":3}""")]
    public async Task Advance_answers_what_it_did_when_it_is_asked(string asked, string done)
    {
        await using var boards = new BoardsHarness();
        using var content = new StringContent(asked, Encoding.UTF8, "application/json");

        using var response = await boards.Control.PostAsync("/_simulator/advance", content, CancellationToken);

        Assert.Equal(done, await response.Content.ReadAsStringAsync(CancellationToken));
    }

    [Fact]
    public async Task Advance_does_what_it_can_when_it_is_asked_for_more()
    {
        await using var boards = new BoardsHarness();

        using var response = await boards.Control.PostAsJsonAsync("/_simulator/advance", new { closed = 100_000 }, CancellationToken);

        var done = await response.Content.ReadFromJsonAsync<Dictionary<string, int>>(CancellationToken);
        Assert.InRange(done!["closed"], 50, 139);
        Assert.Equal(140, BoardsHarness.Announcements(await boards.StateAsync()));
    }

    [Fact]
    public async Task Requests_are_counted_when_a_board_is_read()
    {
        await using var boards = new BoardsHarness();

        var read = await boards.ReadAsync(Agency.KEIT);

        // The text of a page is a page of its own.
        Assert.Equal(new RequestRow((read.Count + 9) / 10, read.Count * 2, 0, 0), await boards.RequestsAsync(Agency.KEIT));
        Assert.Equal(new RequestRow(0, 0, 0, 0), await boards.RequestsAsync(Agency.NTIS));
    }

    [Theory]
    [InlineData(null, "User-agent: *\nDisallow: /_simulator/\nAllow: /\n")]
    [InlineData("User-agent: *\nDisallow: /\n", "User-agent: *\nDisallow: /\n")]
    public async Task Robots_file_is_the_configured_one(string? configured, string expected)
    {
        await using var boards = new BoardsHarness(robots: configured);

        using var response = await boards.Control.GetAsync("/robots.txt", CancellationToken);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(CancellationToken));
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Simulator_is_healthy_when_it_has_started()
    {
        await using var boards = new BoardsHarness();

        foreach (var path in (string[])["/health", "/alive"])
        {
            using var response = await boards.Control.GetAsync(path, CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
