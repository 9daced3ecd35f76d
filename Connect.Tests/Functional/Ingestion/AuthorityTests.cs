using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>The posting that decides a program's content, and the address that it links to.</summary>
public sealed class AuthorityTests(RunningApplication application)
{
    private static readonly ScrapedAnnouncement Stays = Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고");
    private static readonly ScrapedAnnouncement Other = Announcements.Of("2026년 수소 연료전지 부품 국산화 공모");
    private static readonly ScrapedAnnouncement First = Announcements.Of("2026년 인공지능 반도체 기술개발사업 공고");

    private static readonly ScrapedAnnouncement Again =
        First with { Title = First.Title + " (연장)", Url = "https://www.ntis.go.kr/view.do?id=2", Deadline = Announcements.Deadline.AddDays(14) };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_has_the_address_where_it_still_stands_when_another_program_takes_the_other_one()
    {
        var board = new FakeSource().Lists(First, First with { Url = Again.Url }, Stays);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Lists(Other with { Url = First.Url }, Stays);
        board.Rows.Add(NotModified(Again));

        var run = await harness.RunAsync();

        Assert.Equal((1, 1, 1, 0, 0), (run.New, run.Changed, run.Unchanged, run.Vanished, run.Reposted));
        Assert.Equal(Again.Url, (await FindAsync(harness)).AnnouncementUrl);
    }

    [Fact]
    public async Task Program_is_the_portals_when_another_program_takes_its_address_on_its_own_board()
    {
        var (own, portal) = (new FakeSource(Agency.IITP).Lists(First with { Agency = Agency.IITP }), new FakeSource().Lists(Again));
        await using var harness = await IngestionHarness.CreateAsync(application, own, portal);
        await harness.RunAsync(Agency.IITP);
        await harness.RunAsync();
        own.Lists(Other with { Agency = Agency.IITP, Url = First.Url });

        var run = await harness.RunAsync(Agency.IITP);

        Assert.Equal((1, 1, 0), (run.New, run.Changed, run.Vanished));
        var program = await FindAsync(harness);
        Assert.Equal((Agency.NTIS, Again.Url, ProgramStatus.Active), (program.Agency, program.AnnouncementUrl, program.Status));
    }

    [Fact]
    public async Task Program_goes_to_another_agencys_board_rather_than_to_the_portal()
    {
        var boards = new[] { Agency.IITP, Agency.KEIT, Agency.NTIS }.Select(agency => new FakeSource(agency).Lists(
            First with { Agency = agency, Url = $"https://{agency}/1" }, Stays with { Agency = agency, Url = $"https://{agency}/2" })).ToArray();
        await using var harness = await IngestionHarness.CreateAsync(application, boards);
        foreach (var board in boards)
        {
            await harness.RunAsync(board.Agency);
            harness.Advance(TimeSpan.FromMinutes(1));
        }

        boards[0].Rows.RemoveAt(0);
        boards[0].Found["/1"] = RowOutcome.Gone;
        await harness.RunAsync(Agency.IITP);

        Assert.Equal((Agency.KEIT, "https://KEIT/1"), ((await FindAsync(harness)).Agency, (await FindAsync(harness)).AnnouncementUrl));
    }

    [Fact]
    public async Task Older_posting_is_read_anew_when_the_newest_is_gone()
    {
        var board = new FakeSource().Lists(Again, First, Stays);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Lists(Stays);
        board.Rows.Insert(0, NotModified(First));
        board.Found[AddressOf(Again)] = RowOutcome.Gone;
        await harness.RunAsync();
        Assert.Equal("", await ListHashAsync(harness, First));

        board.Lists(First, Stays);
        await harness.RunAsync();

        var program = await FindAsync(harness);
        Assert.Equal((First.Title, First.Deadline, First.Url), (program.Title, program.Deadline, program.AnnouncementUrl));
    }

    [Fact]
    public async Task Posting_is_read_anew_when_it_has_become_the_first_one()
    {
        var board = new FakeSource().Lists(Again, First);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Rows.Clear();
        board.Rows.AddRange([NotModified(First), NotModified(Again)]);

        await harness.RunAsync();

        Assert.Equal("", await ListHashAsync(harness, First));
        Assert.NotEqual("", await ListHashAsync(harness, Again));
    }

    [Fact]
    public async Task Older_posting_is_not_authoritative_when_the_newest_is_unreadable()
    {
        var board = new FakeSource().Lists(Again, First);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Rows[0] = RowResult.Unreadable(AddressOf(Again), new(AddressOf(Again), "answered 500"));

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 0, 1), (run.Status, run.Changed, run.Unchanged));
        Assert.Equal(Again.Deadline, Assert.Single(await harness.ProgramsAsync()).Deadline);
    }

    [Fact]
    public async Task Program_stays_expired_when_its_deadline_passes_while_its_board_is_read()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var (last, unknown) = (First with { Deadline = IngestionHarness.Now.AddMinutes(1) }, Other with { Deadline = IngestionHarness.Now.AddMinutes(1) });
        await harness.IngestAsync(last);
        var (lease, progress) = (await harness.AddLeaseAsync(), new ScrapeProgress());
        await harness.StageAsync(lease, progress, Announcements.Row(last), Announcements.Row(unknown));
        harness.Advance(TimeSpan.FromMinutes(2));
        await harness.Create<ExpireProgramsJob>().Execute(null!, CancellationToken);
        var before = await harness.GenerationsAsync();

        var result = await harness.Publisher.PublishAsync(lease, progress, CancellationToken);

        Assert.Equal(new MergeCounts(1, 0, 1), result);
        Assert.All(await harness.ProgramsAsync(), program => Assert.Equal(ProgramStatus.Expired, program.Status));
        Assert.Empty(await harness.ChangesAsync());
        var after = await harness.GenerationsAsync();
        Assert.Equal(before.GetValueOrDefault(ConnectTags.Programs), after.GetValueOrDefault(ConnectTags.Programs));
        Assert.Equal(before.GetValueOrDefault(ConnectTags.Matches), after.GetValueOrDefault(ConnectTags.Matches));
    }

    private static RowResult NotModified(ScrapedAnnouncement program) => RowResult.NotModified(AddressOf(program), $"list of {program.Title}");

    private static string AddressOf(ScrapedAnnouncement program) => new Uri(program.Url).PathAndQuery;

    private static async Task<string> ListHashAsync(IngestionHarness harness, ScrapedAnnouncement program) =>
        (await harness.PostingsAsync()).Single(posting => posting.Url == program.Url).ListHash;

    private static async Task<FundingProgram> FindAsync(IngestionHarness harness) =>
        (await harness.ProgramsAsync()).Single(program => program.Title is var title && (title == First.Title || title == Again.Title));
}
