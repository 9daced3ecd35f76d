using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Stage;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Boards;

/// <summary>Programs whose rows of one board lead to another board's pages.</summary>
public sealed class PointingTests(RunningApplication application)
{
    [Theory]
    [InlineData("NTIS", "IRIS", "KIMST")]
    [InlineData("KIMST", "NTIS", "IRIS")]
    [InlineData("IRIS", "KIMST", "NTIS")]
    public async Task Program_is_one_when_it_stands_on_three_boards(params string[] order)
    {
        await using var boards = new BoardsHarness();
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, [.. order.Select(name => boards.Source(Enum.Parse<Agency>(name)))]);
        var onIris = (await boards.ReadAsync(Agency.IRIS)).ConvertAll(row => row.Announcement!);
        var state = await boards.StateAsync();
        var title = state.GroupBy(row => row.Title).Single(rows => rows.Select(row => row.Board).Order().SequenceEqual(["IRIS", "KIMST", "NTIS"])).Key;
        var best = onIris.Find(announcement => announcement.Title == title)!;

        foreach (var agency in order.Concat(order))
        {
            var run = await harness.RunAsync(Enum.Parse<Agency>(agency));
            Assert.Equal((ScrapeStatus.Succeeded, 0), (run.Status, run.Failed));
        }

        await using var context = harness.CreateContext();
        var program = Assert.Single(await context.Programs.Where(program => program.Title == title).ToListAsync(TestContext.Current.CancellationToken));
        var postings = await context.ProgramPostings.Where(posting => posting.ProgramId == program.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([Agency.IRIS, Agency.KIMST, Agency.NTIS], postings.Select(posting => posting.Agency).OrderBy(agency => agency.ToString()));
        Assert.Equal((Agency.KIMST, best.Url), (program.Agency, program.AnnouncementUrl));
        Assert.Equal(
            (best.Deadline?.ToUniversalTime(), best.ApplicationStart?.ToUniversalTime(), best.BudgetAmount),
            (program.Deadline, program.ApplicationStart, program.BudgetAmount));
    }

    [Fact]
    public async Task All_rows_of_a_pointing_board_are_programs_of_the_other()
    {
        await using var boards = new BoardsHarness();
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, boards.Source(Agency.KIMST), boards.Source(Agency.IRIS));

        var pointing = await harness.RunAsync(Agency.KIMST);
        var iris = await harness.RunAsync(Agency.IRIS);

        Assert.Equal((ScrapeStatus.Succeeded, 0), (pointing.Status, pointing.Failed));
        Assert.Equal((ScrapeStatus.Succeeded, 0, pointing.New), (iris.Status, iris.Failed, iris.Unchanged));
        Assert.Equal(iris.Found - pointing.Found, iris.New);
    }

    [Fact]
    public async Task Program_is_one_when_its_title_could_be_any_agencys_and_the_page_is_the_same()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var page = Announcements.Of("신규과제 공모", Agency.KIMST) with { Origin = Agency.IRIS, Ministry = "해양수산부" };

        await harness.IngestAsync(page);
        await harness.IngestAsync(page with { Agency = Agency.IRIS });
        await harness.IngestAsync(page with { Agency = Agency.NTIS, Origin = null });

        Assert.Equal([Agency.KIMST, Agency.NTIS], (await harness.ProgramsAsync()).Select(program => program.Agency).Order());
    }

    [Theory]
    [InlineData("산업통상자원부", "산업통상부")]
    [InlineData("환경부", "기후에너지환경부")]
    public void Program_is_the_same_when_its_ministry_has_another_name(string before, string now)
    {
        var announcement = Announcements.Of("2026년 산업 전환 핵심 기술개발 공고", Agency.KEIT) with { Ministry = before };

        Assert.Equal(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(announcement with { Ministry = now }));
        Assert.NotEqual(AnnouncementHashes.IdentityOf(announcement), AnnouncementHashes.IdentityOf(announcement with { Ministry = "교육부" }));
    }
}
