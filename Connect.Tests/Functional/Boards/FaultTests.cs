using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Functional.Boards;

public sealed class FaultTests
{
    private const int All = 1_000;

    private static readonly Dictionary<string, string?> ShortTimeout = new() { ["Sources:IITP:PageTimeout"] = "00:00:00.300" };

    [Theory]
    [InlineData("status404")]
    [InlineData("status500")]
    [InlineData("timeout")]
    [InlineData("truncated")]
    [InlineData("oversized")]
    [InlineData("garbage")]
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
    [InlineData("status429")]
    [InlineData("status500")]
    [InlineData("timeout")]
    [InlineData("truncated")]
    [InlineData("slow")]
    public async Task Source_reads_on_when_a_fault_passes(string kind)
    {
        await using var boards = new BoardsHarness(settings: kind == "timeout" ? ShortTimeout : null);
        await boards.FailAsync(Agency.IITP, kind, 1);

        var read = await boards.ReadAsync(Agency.IITP);

        Assert.NotEmpty(read);
        Assert.All(read, result => Assert.Null(result.Error));
    }

    [Theory]
    [InlineData("status404")]
    [InlineData("garbage")]
    [InlineData("changedLayout")]
    public async Task Source_loses_one_row_when_its_detail_page_has_a_fault(string kind)
    {
        await using var boards = new BoardsHarness();
        await boards.FailAsync(Agency.IITP, kind, 1, after: 3);

        var read = await boards.ReadAsync(Agency.IITP);

        Assert.Single(read, result => result.Error is not null);
        Assert.NotNull(read[2].Error);
        Assert.Equal(1, (await boards.RequestsAsync(Agency.IITP)).Faults);
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
    [InlineData("IRIS")]
    public async Task Source_yields_nothing_when_the_list_is_empty(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);

        // IRIS has a list for each state.
        await boards.FailAsync(agency, "emptyList", agency == Agency.IRIS ? 3 : 1);

        Assert.Empty(await boards.ReadAsync(agency));
        Assert.NotEmpty(await boards.ReadAsync(agency));
    }

    [Theory]
    [InlineData("NTIS")]
    [InlineData("IITP")]
    [InlineData("TIPA")]
    [InlineData("KIMST")]
    [InlineData("KEIT")]
    [InlineData("IRIS")]
    public async Task Source_reports_the_board_when_the_list_has_another_layout(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        await boards.FailAsync(agency, "changedLayout", 1);

        var exception = await Assert.ThrowsAsync<BoardException>(() => boards.ReadAsync(agency));

        Assert.Equal(BoardFailure.LayoutLost, exception.Kind);
    }
}
