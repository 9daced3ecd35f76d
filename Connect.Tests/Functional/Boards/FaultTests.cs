using System.Net;
using System.Net.Http.Json;
using System.Text;
using Connect.Core.Programs;
using Connect.ScraperWorker.Sources;

namespace Connect.Tests.Functional.Boards;

public sealed class FaultTests
{
    private const int All = 1_000;

    private static readonly Dictionary<string, string?> ShortTimeout = new() { ["Sources:IITP:PageTimeout"] = "00:00:00.300" };

    [Theory]
    [InlineData("status500")]
    [InlineData("timeout")]
    [InlineData("truncated")]
    [InlineData("changedLayout")]
    [InlineData("redirectOffsite")]
    public async Task Source_reports_the_board_when_a_fault_lasts(string kind)
    {
        await using var boards = new BoardsHarness(settings: ShortTimeout);
        await boards.FailAsync(Agency.IITP, kind, All);

        var exception = await Assert.ThrowsAsync<BoardException>(() => boards.ReadAsync(Agency.IITP));

        Assert.DoesNotContain("<", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status500")]
    [InlineData("timeout")]
    [InlineData("truncated")]
    [InlineData("slow")]
    public async Task Source_reads_on_when_a_fault_passes(string kind)
    {
        await using var boards = new BoardsHarness(settings: ShortTimeout);
        await boards.FailAsync(Agency.IITP, kind, 1);

        var read = await boards.ReadAsync(Agency.IITP);

        Assert.NotEmpty(read);
        Assert.All(read, result => Assert.Null(result.Error));
    }

    [Fact]
    public async Task Source_refuses_the_redirect_when_it_leads_to_another_host()
    {
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.NTIS, "redirectOffsite", 1);

        var exception = await Assert.ThrowsAsync<BoardException>(() => boards.ReadAsync(Agency.NTIS));

        Assert.Contains("elsewhere.invalid", exception.Message, StringComparison.Ordinal);
        Assert.Contains("allow-list", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NTIS")]
    [InlineData("IITP")]
    [InlineData("TIPA")]
    [InlineData("KIMST")]
    [InlineData("KEIT")]
    public async Task Source_yields_nothing_when_the_list_is_empty(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        await boards.FailAsync(agency, "emptyList", 1);

        Assert.Empty(await boards.ReadAsync(agency));
        Assert.NotEmpty(await boards.ReadAsync(agency));
    }

    [Theory]
    [InlineData("NTIS")]
    [InlineData("IITP")]
    [InlineData("TIPA")]
    [InlineData("KIMST")]
    [InlineData("KEIT")]
    public async Task Source_reports_the_board_when_the_list_has_another_layout(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        await boards.FailAsync(agency, "changedLayout", 1);

        var exception = await Assert.ThrowsAsync<BoardException>(() => boards.ReadAsync(agency));

        Assert.Contains("has lost its", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_simulator/advance", """{ "new": -1 }""")]
    [InlineData("/_simulator/advance", """{ "new": "many" }""")]
    [InlineData("/_simulator/advance", "not json")]
    [InlineData("/_simulator/faults", """{ "board": "NASA", "kind": "slow", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "fire", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "NTIS", "kind": "none", "count": 1 }""")]
    [InlineData("/_simulator/faults", """{ "board": "1", "kind": "slow", "count": 1 }""")]
    public async Task Control_answers_a_problem_when_the_request_is_bad(string path, string body)
    {
        await using var boards = new BoardsHarness();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await boards.Control.PostAsync(path, content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Simulator_is_healthy_when_it_has_started()
    {
        await using var boards = new BoardsHarness();

        foreach (var path in (string[])["/health", "/alive"])
        {
            using var response = await boards.Control.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Advance_answers_what_it_did_when_it_is_asked()
    {
        await using var boards = new BoardsHarness();

        using var response = await boards.Control.PostAsJsonAsync(
            "/_simulator/advance", new { @new = 3, changed = 2, closed = 1 }, TestContext.Current.CancellationToken);

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("""{"new":3,"changed":2,"closed":1}""", body);
    }
}
