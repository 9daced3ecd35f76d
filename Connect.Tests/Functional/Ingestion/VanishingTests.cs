using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Programs that their board no longer lists: gone, moved, or only out of sight.</summary>
public sealed class VanishingTests(RunningApplication application)
{
    private static readonly ScrapedAnnouncement Stays = Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고");
    private static readonly ScrapedAnnouncement Goes = Announcements.Of("2026년 인공지능 반도체 기술개발사업 공고");
    private static readonly string Address = new Uri(Goes.Url).PathAndQuery;

    [Fact]
    public async Task Program_is_over_when_list_and_page_are_gone()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        var before = await harness.GenerationsAsync();
        board.Found[Address] = RowOutcome.Gone;

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 0, 1, 1), (run.Status, run.Changed, run.Unchanged, run.Vanished));
        Assert.Equal([Address], board.MissingChecks);
        Assert.Equal((ProgramStatus.Expired, ProgramStatus.Active), (await StatusAsync(harness, Goes), await StatusAsync(harness, Stays)));
        Assert.All(await harness.GenerationsAsync(), row => Assert.True(row.Value > before[row.Key]));
        var change = Assert.Single(await harness.ChangesAsync());
        Assert.Equal((ProgramChangeKind.Vanished, run.Id), (change.Kind, change.RunId));
        Assert.Equal([new FieldChange("status", "Active", "Expired")], change.Fields);
    }

    [Fact]
    public async Task Program_comes_back_when_it_is_listed_again()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        board.Found[Address] = RowOutcome.Gone;
        await harness.RunAsync();

        board.Lists(Stays, Goes);
        var run = await harness.RunAsync();

        Assert.Equal((1, 1, 0), (run.Changed, run.Unchanged, run.Vanished));
        Assert.DoesNotContain(Address, board.Known.Keys);
        Assert.Equal(ProgramStatus.Active, await StatusAsync(harness, Goes));
        Assert.Equal([ProgramChangeKind.Vanished, ProgramChangeKind.Reopened], (await harness.ChangesAsync()).Select(change => change.Kind));
        Assert.All(await harness.PostingsAsync(), posting => Assert.Null(posting.VanishedAt));
    }

    [Fact]
    public async Task Program_stays_open_when_only_the_list_has_lost_it()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        board.Found[Address] = RowOutcome.Present;
        var before = await harness.GenerationsAsync();

        var run = await harness.RunAsync();

        Assert.Equal((1, 0), (run.Unchanged, run.Vanished));
        Assert.Equal(ProgramStatus.Active, await StatusAsync(harness, Goes));
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Program_stays_open_when_the_board_does_not_answer()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;

        await harness.RunAsync();
        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 0), (run.Status, run.Vanished));
        Assert.Equal([Address, Address], board.MissingChecks);
        Assert.Equal(ProgramStatus.Active, await StatusAsync(harness, Goes));
    }

    [Fact]
    public async Task Program_is_over_only_the_second_time_when_its_page_has_lost_its_announcement()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        board.Found[Address] = RowOutcome.Lost;

        var first = (await harness.RunAsync()).Vanished;
        var second = (await harness.RunAsync()).Vanished;

        Assert.Equal((0, 1), (first, second));
    }

    [Fact]
    public async Task Doubt_is_forgotten_when_the_program_is_listed_in_between()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        board.Found[Address] = RowOutcome.Lost;
        await harness.RunAsync();
        board.Rows.Add(RowResult.NotModified(Address, "list"));
        await harness.RunAsync();
        board.Lists(Stays);

        Assert.Equal(0, (await harness.RunAsync()).Vanished);
    }

    [Fact]
    public async Task Unreadable_row_is_not_gone()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        board.Rows.Add(RowResult.Unreadable(Address, new(Address, "answered 500")));
        board.Found[Address] = RowOutcome.Gone;

        var run = await harness.RunAsync();

        Assert.Empty(board.MissingChecks);
        Assert.Equal((1, 0), (run.Failed, run.Vanished));
    }

    [Fact]
    public async Task Program_has_the_new_address_when_the_old_one_is_gone()
    {
        var (board, harness) = await ReadOnceAsync();
        await using var _ = harness;
        var before = await harness.GenerationsAsync();
        board.Lists(Stays, Goes with { Url = "https://www.ntis.go.kr/view.do?id=moved" });
        board.Found[Address] = RowOutcome.Gone;

        var run = await harness.RunAsync();

        Assert.Equal((0, 1, 1, 0, 1), (run.New, run.Changed, run.Unchanged, run.Vanished, run.Reposted));
        var program = (await harness.ProgramsAsync()).Single(program => program.Title == Goes.Title);
        Assert.Equal(("https://www.ntis.go.kr/view.do?id=moved", ProgramStatus.Active), (program.AnnouncementUrl, program.Status));
        Assert.All(await harness.GenerationsAsync(), row => Assert.True(row.Value > before[row.Key]));
    }

    [Fact]
    public async Task Program_is_the_other_boards_when_its_own_has_it_no_longer()
    {
        var (own, portal) = (new FakeSource(Agency.IITP), new FakeSource());
        await using var harness = await IngestionHarness.CreateAsync(application, own, portal);
        own.Lists(Stays with { Agency = Agency.IITP }, Goes with { Agency = Agency.IITP });
        portal.Lists(Goes with { Url = "https://www.ntis.go.kr/view.do?id=1", Description = "포털의 요약" });
        await harness.RunAsync(Agency.IITP);
        await harness.RunAsync();
        own.Lists(Stays with { Agency = Agency.IITP });
        own.Found[Address] = RowOutcome.Gone;

        var moved = await harness.RunAsync(Agency.IITP);
        var link = (await harness.ProgramsAsync()).Single(program => program.Title == Goes.Title).AnnouncementUrl;
        await harness.RunAsync();

        Assert.Equal((1, 0), (moved.Changed, moved.Vanished));
        Assert.Equal("https://www.ntis.go.kr/view.do?id=1", link);
        Assert.Equal("", portal.Known["/view.do?id=1"].ListHash);
        var program = (await harness.ProgramsAsync()).Single(program => program.Title == Goes.Title);
        Assert.Equal((Agency.NTIS, "포털의 요약", ProgramStatus.Active), (program.Agency, program.Description, program.Status));
    }

    [Fact]
    public async Task Run_is_suspicious_and_changes_nothing_when_most_programs_would_be_gone()
    {
        var board = new FakeSource().Lists([.. Enumerable.Range(1, 30).Select(i => Announcements.Of($"2026년 제{i}차 인공지능 기술개발사업 공고"))]);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        var before = await harness.GenerationsAsync();
        foreach (var row in board.Rows.Skip(10))
        {
            board.Found[row.Address!] = RowOutcome.Gone;
        }

        board.Rows.RemoveRange(10, 20);
        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Suspicious, "20 of 30 open programs would be gone."), (run.Status, run.Error));
        Assert.All(await harness.ProgramsAsync(), program => Assert.Equal(ProgramStatus.Active, program.Status));
        Assert.All(await harness.PostingsAsync(), posting => Assert.Null(posting.VanishedAt));
        Assert.Equal(before, await harness.GenerationsAsync());
    }

    private async Task<(FakeSource Board, IngestionHarness Harness)> ReadOnceAsync()
    {
        var board = new FakeSource().Lists(Stays, Goes);
        var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Lists(Stays);
        return (board, harness);
    }

    private static async Task<ProgramStatus> StatusAsync(IngestionHarness harness, ScrapedAnnouncement program) =>
        (await harness.ProgramsAsync()).Single(found => found.Title == program.Title).Status;
}
