using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Merge;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

public sealed class RunPublisherTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_is_stored_with_everything_that_was_read()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var announcement = Announcements.Of() with { TargetTypes = [OrganizationType.Company], AnnouncingAgency = "정보통신기획평가원" };

        await harness.IngestAsync(announcement);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal(announcement.Title, program.Title);
        Assert.Equal(announcement.Url, program.AnnouncementUrl);
        Assert.Equal(announcement.Ministry, program.Ministry);
        Assert.Equal(announcement.AnnouncingAgency, program.AnnouncingAgency);
        Assert.Equal(announcement.Description, program.Description);
        Assert.Equal(announcement.Keywords, program.Keywords);
        Assert.Equal(announcement.TargetTypes, program.TargetTypes);
        Assert.Equal(announcement.AttachmentNames, program.AttachmentNames);
        Assert.Equal(announcement.Deadline, program.Deadline);
        Assert.Equal(announcement.PublishedAt, program.PublishedAt);
        Assert.Equal((4, 6, 1_000_000_000L), (program.MinTrl, program.MaxTrl, program.BudgetAmount));
        Assert.Equal((ProgramKind.Call, ProgramStatus.Active, Agency.NTIS), (program.Kind, program.Status, program.Agency));
        Assert.Equal([Sector.Ict], program.Sectors);
        Assert.Equal((TrlConfidence.Explicit, ProgramIntent.AppliedResearch), (program.Traits.TrlConfidence, program.Traits.Intent));
        Assert.Equal(["kind", "sector", "sector", "audience", "intent", "trl"], program.Evidence.Select(one => one.What));
        Assert.Equal(ProgramClassifier.Version, program.ClassifierVersion);
        Assert.Equal(program.CreatedAt, program.UpdatedAt);
    }

    [Fact]
    public async Task Run_is_completed_with_counts_when_its_rows_are_in()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of("첫째"), Announcements.Of("둘째"));
        var (lease, progress) = (await harness.AddLeaseAsync(), new ScrapeProgress());
        await harness.StageAsync(
            lease,
            progress,
            Announcements.Row(Announcements.Of("첫째")),
            Announcements.Row(Announcements.Of("둘째") with { BudgetAmount = 5 }),
            Announcements.Row(Announcements.Of("셋째")),
            RowResult.Unreadable(null, new("page 1, row 4", "the title is missing")));

        var result = await harness.Publisher.PublishAsync(lease, progress, CancellationToken);

        Assert.Equal(new MergeCounts(New: 1, Changed: 1, Unchanged: 1), result);
        var stored = await harness.FindRunAsync(lease.RunId);
        Assert.Equal(ScrapeStatus.Succeeded, stored.Status);
        Assert.Equal((3, 1, 1, 1, 1), (stored.Found, stored.New, stored.Changed, stored.Unchanged, stored.Failed));
        Assert.Equal(["page 1, row 4: the title is missing"], stored.RowErrors);
        Assert.NotNull(stored.CompletedAt);
        Assert.Null(stored.Error);
    }

    [Fact]
    public async Task Same_rows_change_nothing_and_evict_nothing_when_they_come_again()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        ScrapedAnnouncement[] rows = [Announcements.Of("첫째"), Announcements.Of("둘째") with { Deadline = null }];
        await harness.IngestAsync(rows);
        var (programs, generations) = (await harness.ProgramsAsync(), await harness.GenerationsAsync());
        await harness.ForgetWarmingsAsync();
        harness.Advance(TimeSpan.FromHours(6));

        var result = await harness.IngestAsync(rows);

        Assert.Equal(new MergeCounts(0, 0, 2), result);
        Assert.Equal(generations, await harness.GenerationsAsync());
        Assert.Empty(await harness.QueuedWarmingsAsync());
        Assert.Equal(programs.Select(Stamp), (await harness.ProgramsAsync()).Select(Stamp));

        static (Guid, string, DateTimeOffset) Stamp(FundingProgram program) => (program.Id, program.Fingerprint, program.UpdatedAt);
    }

    [Fact]
    public async Task Program_that_no_ranking_contains_evicts_lists_alone()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var notice = Announcements.Of("2026년도 기술수요조사 안내");
        await harness.IngestAsync(notice);
        var first = await harness.GenerationsAsync();
        harness.Advance(TimeSpan.FromHours(6));

        await harness.IngestAsync(notice with { Description = "기간을 늘립니다." });

        Assert.Equal([ConnectTags.ProgramLists], first.Keys);
        Assert.True((await harness.GenerationsAsync())[ConnectTags.ProgramLists] > first[ConnectTags.ProgramLists]);
        Assert.NotEqual(ProgramKind.Call, Assert.Single(await harness.ProgramsAsync()).Kind);
        Assert.Empty(await harness.QueuedWarmingsAsync());
    }

    [Fact]
    public async Task New_program_evicts_in_the_transaction_that_stores_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        await harness.IngestAsync(Announcements.Of());
        var before = await harness.GenerationsAsync();
        Assert.Equal([ConnectTags.Matches, ConnectTags.ProgramLists, ConnectTags.Programs], before.Keys.Order(StringComparer.Ordinal));

        await using var context = harness.CreateContext();
        await context.Database.ExecuteSqlAsync($"""
            create function refuse() returns trigger language plpgsql as 'begin raise exception ''no eviction''; end';
            create trigger refuse before insert on cache_generations execute function refuse();
            """, CancellationToken);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => harness.IngestAsync(Announcements.Of("둘째")));

        Assert.Single(await harness.ProgramsAsync());
        Assert.Equal(before, await harness.GenerationsAsync());
        Assert.Equal([(WarmingTrigger.Scrape, 1)], await harness.QueuedWarmingsAsync());
    }

    [Fact]
    public async Task All_boards_together_ask_for_one_warming()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        var boards = Enum.GetValues<Agency>();
        await Task.WhenAll(boards.Select(agency => harness.IngestAsync(Announcements.Of($"{agency} 공고", agency))));

        Assert.Equal([(WarmingTrigger.Scrape, boards.Length)], await harness.QueuedWarmingsAsync());
    }

    [Theory]
    [InlineData("2026년 인공지능 기술개발사업 설명회 안내", ProgramKind.Notice)]
    [InlineData("2026년 인공지능 기술수요조사", ProgramKind.Survey)]
    [InlineData("2026년 인공지능 인력양성사업 공고", ProgramKind.Training)]
    public async Task Announcement_evicts_lists_alone_when_no_ranking_contains_its_kind(string title, ProgramKind kind)
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        var result = await harness.IngestAsync(Announcements.Of(title));
        await harness.IngestAsync(Announcements.Of(title) with { BudgetAmount = 7 });

        Assert.Equal(1, result.New);
        Assert.Equal(kind, Assert.Single(await harness.ProgramsAsync()).Kind);
        Assert.Equal([ConnectTags.ProgramLists], (await harness.GenerationsAsync()).Keys);
    }

    [Fact]
    public async Task Announcement_of_unknown_kind_evicts_lists_alone_until_its_board_tells_the_kind()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        var announcement = Announcements.Of("푸른 바다 한마당") with { BoardType = null };

        await harness.IngestAsync(announcement);
        Assert.Equal(ProgramKind.Unsure, Assert.Single(await harness.ProgramsAsync()).Kind);
        Assert.Equal([ConnectTags.ProgramLists], (await harness.GenerationsAsync()).Keys);

        Assert.Equal(new MergeCounts(0, 1, 0), await harness.IngestAsync(announcement with { BoardType = "자유공모" }));
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramKind.Call, "자유공모"), (program.Kind, program.BoardType));
        Assert.Contains(ConnectTags.Programs, (await harness.GenerationsAsync()).Keys);
    }

    [Fact]
    public async Task Program_evicts_lists_alone_when_it_is_closed_before_it_is_known()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        await harness.IngestAsync(
            Announcements.Of("마감") with { Closed = true }, Announcements.Of("지남") with { Deadline = IngestionHarness.Now.AddSeconds(-1) });

        Assert.All(await harness.ProgramsAsync(), program => Assert.Equal(ProgramStatus.Expired, program.Status));
        Assert.Equal([ConnectTags.ProgramLists], (await harness.GenerationsAsync()).Keys);
    }

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, Func<ScrapedAnnouncement, ScrapedAnnouncement>> Changed { get; } = new()
    {
        ["deadline"] = announcement => announcement with { Deadline = announcement.Deadline!.Value.AddDays(7) },
        ["no deadline"] = announcement => announcement with { Deadline = null },
        ["budget"] = announcement => announcement with { BudgetAmount = 2_000_000_000 },
        ["level"] = announcement => announcement with { MaxTrl = 7 },
        ["targets"] = announcement => announcement with { TargetTypes = [OrganizationType.ResearchInstitute] },
        ["description"] = announcement => announcement with { Description = "다른 설명" },
        ["keywords"] = announcement => announcement with { Keywords = ["로봇"] },
        ["attachments"] = announcement => announcement with { AttachmentNames = [] },
        ["closed"] = announcement => announcement with { Closed = true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Program_is_changed_and_evicts_when_its_content_differs(string what)
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());
        var (before, generations) = (Assert.Single(await harness.ProgramsAsync()), await harness.GenerationsAsync());
        harness.Advance(TimeSpan.FromHours(1));

        var result = await harness.IngestAsync(Changed[what](Announcements.Of()));

        Assert.Equal(new MergeCounts(0, 1, 0), result);
        var after = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((before.Id, before.CreatedAt), (after.Id, after.CreatedAt));
        Assert.True(after.UpdatedAt > before.UpdatedAt);
        Assert.All(await harness.GenerationsAsync(), row => Assert.True(row.Value > generations[row.Key]));
    }

    [Fact]
    public async Task Program_leaves_the_open_ones_and_comes_back_when_its_board_says_so()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());

        await harness.IngestAsync(Announcements.Of() with { Closed = true });
        var closed = Assert.Single(await harness.ProgramsAsync()).Status;
        var result = await harness.IngestAsync(Announcements.Of());

        Assert.Equal(ProgramStatus.Expired, closed);
        Assert.Equal(1, result.Changed);
        Assert.Equal(ProgramStatus.Active, Assert.Single(await harness.ProgramsAsync()).Status);
    }

    [Fact]
    public async Task Nothing_is_stored_and_nothing_evicted_when_the_run_is_unknown()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);

        await Assert.ThrowsAsync<LeaseLostException>(
            () => harness.Publisher.PublishAsync(new(Guid.CreateVersion7(), Agency.NTIS, 1), new(), CancellationToken));

        Assert.Empty(await harness.ProgramsAsync());
        Assert.Empty(await harness.GenerationsAsync());
        Assert.Empty(await harness.QueuedWarmingsAsync());
    }
}
