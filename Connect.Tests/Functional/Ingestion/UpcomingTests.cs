using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Merge;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Advance notices, and the calls that they become.</summary>
public sealed class UpcomingTests(RunningApplication application)
{
    private static readonly ScrapedAnnouncement Call = Announcements.Of("2026년 양자컴퓨팅 기술개발사업 신규과제 모집 공고");

    private static readonly ScrapedAnnouncement Notice = Announcements.Of("2026년 양자컴퓨팅 기술개발사업 신규과제 모집 사전공고") with
    {
        Deadline = null,
        BudgetAmount = null,
        PublishedAt = Call.PublishedAt!.Value.AddDays(-30),
    };

    private static readonly ScrapedAnnouncement Other = Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Advance_notice_is_an_upcoming_notice_and_evicts()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        var added = await harness.IngestAsync(Notice);

        Assert.Equal(new MergeCounts(1, 0, 0), added);
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramKind.Notice, ProgramStatus.Upcoming), (program.Kind, program.Status));
        Assert.Equal(ProgramKind.Notice, Assert.Single(await harness.PostingsAsync()).Kind);
        Assert.Superset(new HashSet<string>([ConnectTags.Programs, ConnectTags.Matches]), (await harness.GenerationsAsync()).Keys.ToHashSet());
        Assert.Equal([(WarmingTrigger.Scrape, 1)], await harness.QueuedWarmingsAsync());
    }

    [Fact]
    public async Task Upcoming_program_evicts_when_it_changes_and_only_then()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice);
        var before = await harness.GenerationsAsync();

        await harness.IngestAsync(Notice);
        Assert.Equal(before, await harness.GenerationsAsync());

        await harness.IngestAsync(Notice with { BudgetAmount = 5 });
        await AssertEvictedAsync(harness, before);
        Assert.Equal(ProgramChangeKind.Changed, Assert.Single(await harness.ChangesAsync()).Kind);
    }

    [Fact]
    public async Task Upcoming_program_is_over_when_no_board_has_it_any_more()
    {
        var board = new FakeSource().Lists(Notice, Other);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        var before = await harness.GenerationsAsync();
        board.Lists(Other);
        board.Found[AddressOf(Notice)] = RowOutcome.Gone;

        var run = await harness.RunAsync();

        Assert.Equal((AddressOf(Notice), 1), (Assert.Single(board.MissingChecks), run.Vanished));
        Assert.Equal(ProgramStatus.Expired, (await FindAsync(harness)).Status);
        var change = Assert.Single(await harness.ChangesAsync());
        Assert.Equal(ProgramChangeKind.Vanished, change.Kind);
        Assert.Equal([new FieldChange("status", "Upcoming", "Expired")], change.Fields);
        await AssertEvictedAsync(harness, before);
    }

    [Fact]
    public async Task Run_is_not_suspicious_when_few_of_many_upcoming_programs_are_gone()
    {
        var notices = Enumerable.Range(1, 30).Select(round => Notice with { Title = $"2026년 제{round}차 로봇 기술개발사업 사전공고", Url = $"https://example.com/{round}" }).ToArray();
        var board = new FakeSource().Lists(notices);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Lists(notices[11..]);
        foreach (var notice in notices[..11])
        {
            board.Found[AddressOf(notice)] = RowOutcome.Gone;
        }

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 11), (run.Status, run.Vanished));
    }

    [Fact]
    public async Task Call_is_the_same_program_and_opens_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice);
        var (id, before) = (Assert.Single(await harness.ProgramsAsync()).Id, await harness.GenerationsAsync());

        var result = await harness.IngestAsync(Call, Notice);

        Assert.Equal(new MergeCounts(0, 1, 0) { Reposted = 1 }, result);
        await AssertIsCallAsync(harness);
        Assert.Equal(id, Assert.Single(await harness.ProgramsAsync()).Id);
        var change = Assert.Single(await harness.ChangesAsync());
        Assert.Equal(ProgramChangeKind.Opened, change.Kind);
        Assert.Contains(new FieldChange("status", "Upcoming", "Active"), change.Fields);
        Assert.Contains(new FieldChange("title", Notice.Title, Call.Title), change.Fields);
        Assert.Contains(new FieldChange("budget_amount", null, "1000000000"), change.Fields);
        await AssertEvictedAsync(harness, before);
    }

    [Fact]
    public async Task Call_opens_the_program_when_it_takes_its_notices_place()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice);

        await harness.IngestAsync(Call with { Url = Notice.Url });

        Assert.Equal((ProgramKind.Call, ProgramStatus.Active), await StandingAsync(harness));
        Assert.Equal(ProgramChangeKind.Opened, Assert.Single(await harness.ChangesAsync()).Kind);
        Assert.Equal(ProgramKind.Call, Assert.Single(await harness.PostingsAsync()).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Program_is_the_open_call_wherever_its_notice_is_listed(bool isNoticeFirst)
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        ScrapedAnnouncement[] listed = isNoticeFirst ? [Notice, Call] : [Call, Notice];

        var first = await harness.IngestAsync(listed);
        var second = await harness.IngestAsync(listed);

        Assert.Equal((new MergeCounts(1, 0, 0) { Reposted = 1 }, new MergeCounts(0, 0, 1)), (first, second));
        await AssertIsCallAsync(harness);
    }

    [Fact]
    public async Task Call_opens_the_program_when_its_notice_is_listed_before_it_and_is_not_modified()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice);

        await harness.IngestAsync([NotModified(Notice), Announcements.Row(Call)]);

        await AssertIsCallAsync(harness);
    }

    [Fact]
    public async Task Open_call_stays_open_whatever_its_notice_does()
    {
        var board = new FakeSource().Lists(Call, Notice, Other);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        var before = await harness.GenerationsAsync();
        board.Found[AddressOf(Call)] = RowOutcome.Present;
        var changed = Announcements.Row(Notice with { Description = "다른 설명", Deadline = IngestionHarness.Now.AddDays(-1), PublishedAt = Call.PublishedAt!.Value.AddDays(1) });
        RowResult[][] lists =
        [
            [changed, NotModified(Call)],
            [NotModified(Notice), NotModified(Call)],
            [changed],
            [NotModified(Notice)],
            [RowResult.Unreadable(AddressOf(Notice), new(AddressOf(Notice), "answered 500")), NotModified(Call)],
            [changed, RowResult.Unreadable(AddressOf(Call), new(AddressOf(Call), "answered 500"))],
        ];

        foreach (var list in lists)
        {
            board.Rows.Clear();
            board.Rows.AddRange([.. list, NotModified(Other)]);
            var run = await harness.RunAsync();

            Assert.Equal((ScrapeStatus.Succeeded, 0, 0), (run.Status, run.Changed, run.Vanished));
            await AssertIsCallAsync(harness);
            Assert.Equal(before, await harness.GenerationsAsync());
        }

        Assert.All(await harness.PostingsAsync(), posting => Assert.NotEqual("", posting.ListHash));
    }

    [Fact]
    public async Task Change_of_the_call_counts_when_its_notice_is_listed_before_it_and_is_not_modified()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice, Call);
        var extended = Call with { Deadline = Call.Deadline!.Value.AddDays(14) };

        await harness.IngestAsync([NotModified(Notice), Announcements.Row(extended)]);

        Assert.Equal(extended.Deadline, Assert.Single(await harness.ProgramsAsync()).Deadline);
    }

    [Fact]
    public async Task Call_on_the_portal_opens_the_program_of_another_boards_notice()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var own = Notice with { Agency = Agency.IITP, Url = "https://www.iitp.kr/1" };
        await harness.IngestAsync(own);

        await harness.IngestAsync(Call);
        Assert.Equal(Agency.NTIS, Assert.Single(await harness.ProgramsAsync()).Agency);
        await harness.IngestAsync(own with { Description = "다른 설명" });
        await AssertIsCallAsync(harness);

        await harness.IngestAsync(Call with { Agency = Agency.IITP, Url = "https://www.iitp.kr/2" }, own);
        await harness.IngestAsync(Call, Notice);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((Agency.IITP, "https://www.iitp.kr/2", ProgramStatus.Active), (program.Agency, program.AnnouncementUrl, program.Status));
        Assert.Equal([ProgramChangeKind.Opened, ProgramChangeKind.Changed], (await harness.ChangesAsync()).Select(change => change.Kind));
    }

    [Fact]
    public async Task Closed_call_on_the_portal_does_not_end_another_boards_notice()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice with { Agency = Agency.IITP, Url = "https://www.iitp.kr/1" });

        await harness.IngestAsync(Call with { Closed = true });

        Assert.Equal((ProgramKind.Notice, ProgramStatus.Upcoming), await StandingAsync(harness));
    }

    [Fact]
    public async Task Program_is_over_when_its_call_is_gone_though_its_notice_still_stands()
    {
        var board = new FakeSource().Lists(Call, Notice, Other);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        var before = await harness.GenerationsAsync();
        board.Lists(Notice, Other);
        board.Found[AddressOf(Call)] = RowOutcome.Gone;

        var gone = await harness.RunAsync();
        await AssertEvictedAsync(harness, before);
        board.Lists(Notice with { Description = "다른 설명" }, Other);
        var again = await harness.RunAsync();

        Assert.Equal((1, 0), (gone.Vanished, again.Changed));
        var program = await FindAsync(harness);
        Assert.Equal((ProgramKind.Call, ProgramStatus.Expired, Call.Url), (program.Kind, program.Status, program.AnnouncementUrl));
        Assert.Equal([ProgramChangeKind.Vanished], (await harness.ChangesAsync()).Select(change => change.Kind));
    }

    [Fact]
    public async Task Program_is_upcoming_again_when_a_newer_notice_follows_a_closed_call()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Call, Notice);
        await harness.IngestAsync(Call with { Closed = true }, Notice);
        var next = Notice with { Url = "https://www.ntis.go.kr/view.do?id=next", PublishedAt = Call.PublishedAt!.Value.AddDays(200) };

        await harness.IngestAsync(next, Call with { Closed = true }, Notice);
        Assert.Equal((ProgramKind.Notice, ProgramStatus.Upcoming), await StandingAsync(harness));

        await harness.IngestAsync(Call with { Url = "https://www.ntis.go.kr/view.do?id=call" }, next);
        Assert.Equal((ProgramKind.Call, ProgramStatus.Active), await StandingAsync(harness));
        Assert.Equal(
            [ProgramChangeKind.Changed, ProgramChangeKind.Changed, ProgramChangeKind.Opened], (await harness.ChangesAsync()).Select(change => change.Kind));
    }

    [Fact]
    public async Task Call_opens_the_program_when_the_notices_own_period_has_passed()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice with { Deadline = IngestionHarness.Now.AddDays(1) });
        var before = await harness.GenerationsAsync();
        harness.Advance(TimeSpan.FromDays(2));
        await harness.Create<ExpireProgramsJob>().Execute(null!, CancellationToken);

        Assert.Equal((ProgramKind.Notice, ProgramStatus.Expired), await StandingAsync(harness));
        await AssertEvictedAsync(harness, before);

        await harness.IngestAsync(Call, Notice);

        Assert.Equal(ProgramChangeKind.Opened, Assert.Single(await harness.ChangesAsync()).Kind);
        await AssertIsCallAsync(harness);
    }

    [Fact]
    public async Task Upcoming_program_is_over_when_its_period_passes_while_its_board_is_read()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var (lease, progress) = (await harness.AddLeaseAsync(), new ScrapeProgress());
        await harness.StageAsync(lease, progress, Announcements.Row(Notice with { Deadline = IngestionHarness.Now.AddMinutes(1) }));
        harness.Advance(TimeSpan.FromMinutes(2));

        await harness.Publisher.PublishAsync(lease, progress, CancellationToken);

        Assert.Equal(ProgramStatus.Expired, Assert.Single(await harness.ProgramsAsync()).Status);
        Assert.Equal([ConnectTags.ProgramLists], (await harness.GenerationsAsync()).Keys);
    }

    [Fact]
    public async Task Program_of_an_older_release_is_the_notices_and_then_the_calls()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Notice);
        await harness.ExecuteAsync(
            "update programs set status = 'Active', identity_key = 'old', classifier_version = '4'; update program_postings set kind = null");
        var (id, before) = (Assert.Single(await harness.ProgramsAsync()).Id, await harness.GenerationsAsync());

        await harness.Create<Reclassifier>().RunAsync(CancellationToken);
        Assert.Equal((ProgramKind.Notice, ProgramStatus.Upcoming), await StandingAsync(harness));
        await AssertEvictedAsync(harness, before);

        await harness.IngestAsync(Call, Notice);
        Assert.Equal(id, Assert.Single(await harness.ProgramsAsync()).Id);
        await AssertIsCallAsync(harness);
    }

    [Fact]
    public async Task Upcoming_program_is_active_and_evicts_when_newer_rules_say_that_it_is_no_notice()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Call);
        await harness.ExecuteAsync("update programs set status = 'Upcoming', kind = 'Notice', classifier_version = '4'");
        var before = await harness.GenerationsAsync();

        await harness.Create<Reclassifier>().RunAsync(CancellationToken);

        Assert.Equal((ProgramKind.Call, ProgramStatus.Active), await StandingAsync(harness));
        await AssertEvictedAsync(harness, before);
    }

    private static RowResult NotModified(ScrapedAnnouncement program) => RowResult.NotModified(AddressOf(program), $"list of {program.Title}");

    private static string AddressOf(ScrapedAnnouncement program) => new Uri(program.Url).PathAndQuery;

    private static async Task AssertIsCallAsync(IngestionHarness harness)
    {
        var program = await FindAsync(harness);
        Assert.Equal(
            (ProgramKind.Call, ProgramStatus.Active, Call.Title, Call.Url, Call.Deadline),
            (program.Kind, program.Status, program.Title, program.AnnouncementUrl, program.Deadline));
    }

    private static async Task AssertEvictedAsync(IngestionHarness harness, Dictionary<string, long> before)
    {
        var after = await harness.GenerationsAsync();
        Assert.All((string[])[ConnectTags.Programs, ConnectTags.Matches], tag => Assert.True(after[tag] > before[tag]));
    }

    private static async Task<(ProgramKind Kind, ProgramStatus Status)> StandingAsync(IngestionHarness harness) =>
        (await FindAsync(harness)) is { } program ? (program.Kind, program.Status) : default;

    private static async Task<FundingProgram> FindAsync(IngestionHarness harness) =>
        Assert.Single(await harness.ProgramsAsync(), program => program.Title != Other.Title);
}
