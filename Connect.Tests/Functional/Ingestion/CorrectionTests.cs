using System.Text.Json.Nodes;
using Connect.Api.Corrections;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Scheduling;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Fields that are set by hand, and scrapes after that.</summary>
public sealed class CorrectionTests(RunningApplication application)
{
    private const string Deadline = "2026-08-14T18:00:00+09:00";

    private static readonly ScrapedAnnouncement Listed = Announcements.Of();

    // A notice by its words.
    private static readonly ScrapedAnnouncement Session = Announcements.Of("2026년 인공지능 기술개발사업 신규과제 설명회 및 접수 안내");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_set_by_hand_outlives_a_scrape_that_changes_something_else()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed);
        await CorrectAsync(
            harness,
            new JsonObject
            {
                ["kind"] = "SUPPORT",
                ["deadline"] = Deadline,
                ["budgetAmount"] = "300000000",
                ["targetTypes"] = new JsonArray("COMPANY"),
                ["sectors"] = new JsonArray("MARINE", "ENERGY"),
            });

        await harness.IngestAsync(Listed with { Description = "다른 설명", AttachmentNames = [] });

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal(
            ("다른 설명", ProgramKind.Support, DateTimeOffset.Parse(Deadline, null), 300_000_000),
            (program.Description, program.Kind, program.Deadline, program.BudgetAmount));
        Assert.Equal([OrganizationType.Company], program.TargetTypes);
        Assert.Equal([Sector.Marine, Sector.Energy], program.Sectors);
        Assert.Equal(program.Sectors, program.Traits.Sectors.Select(found => found.Sector));
        Assert.All(program.Evidence.Where(found => found.What is "kind" or "audience" or "sector"), found => Assert.Equal(EvidenceSource.Hand, found.Source));
        var changes = await harness.ChangesAsync();
        Assert.Equal([ProgramChangeKind.Corrected, ProgramChangeKind.Changed], changes.Select(change => change.Kind));
        Assert.Equal(["kind", "deadline", "budget_amount", "target_types", "sectors"], changes[0].Fields.Select(field => field.Field));
        Assert.Null(changes[0].RunId);
        Assert.Equal(["description", "attachment_names"], changes[1].Fields.Select(field => field.Field));
        Assert.All(await CorrectionsAsync(harness), correction => Assert.Null(correction.ConflictAt));
    }

    [Fact]
    public async Task Boards_own_change_of_the_field_counts_and_is_a_conflict()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed);
        await CorrectAsync(harness, new JsonObject { ["deadline"] = Deadline, ["budgetAmount"] = "300000000" });
        var extended = Listed with { Deadline = Announcements.Deadline.AddDays(30) };

        await harness.IngestAsync(extended);
        await harness.IngestAsync(extended with { Description = "다른 설명" });

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((extended.Deadline, 300_000_000), (program.Deadline, program.BudgetAmount));
        var conflict = Assert.Single(await CorrectionsAsync(harness), correction => correction.ConflictAt is not null);
        Assert.Equal(
            (CorrectedField.Deadline, Deadline, "2026-08-30T18:00:00+09:00", IngestionHarness.Now),
            (conflict.Field, conflict.Value, conflict.BoardValue, conflict.ConflictAt));

        // Set once more, it counts again.
        await CorrectAsync(harness, new JsonObject { ["deadline"] = Deadline });
        await harness.IngestAsync(extended with { Description = "또 다른 설명" });
        Assert.Equal(DateTimeOffset.Parse(Deadline, null), Assert.Single(await harness.ProgramsAsync()).Deadline);
        Assert.All(await CorrectionsAsync(harness), correction => Assert.Null(correction.ConflictAt));
    }

    [Fact]
    public async Task Other_boards_value_is_no_conflict()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of(agency: Agency.IITP) with { Url = "https://www.iitp.kr/1" });
        await CorrectAsync(harness, new JsonObject { ["deadline"] = Deadline });

        await harness.IngestAsync(Listed with { Deadline = Announcements.Deadline.AddDays(30) });

        Assert.Equal(DateTimeOffset.Parse(Deadline, null), Assert.Single(await harness.ProgramsAsync()).Deadline);
        Assert.Null(Assert.Single(await CorrectionsAsync(harness)).ConflictAt);
    }

    [Fact]
    public async Task Status_follows_a_deadline_that_is_set_by_hand()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed with { Deadline = IngestionHarness.Now.AddDays(-1) }, Announcements.Of("2026년 수소 부품 기술개발사업 공고") with { Closed = true });
        var programs = await harness.ProgramsAsync();
        foreach (var program in programs)
        {
            await CorrectAsync(harness, new JsonObject { ["deadline"] = Deadline }, program.Id);
        }

        // What a board has closed before its deadline stays closed.
        Assert.Equal(
            [("2026년 수소 부품 기술개발사업 공고", ProgramStatus.Expired), (Listed.Title, ProgramStatus.Active)],
            (await harness.ProgramsAsync()).Select(program => (program.Title, program.Status)));
        await harness.IngestAsync(Listed with { Deadline = IngestionHarness.Now.AddDays(-1), Description = "다른 설명" });
        Assert.Equal(ProgramStatus.Active, (await harness.ProgramsAsync())[1].Status);
        await CorrectAsync(harness, new JsonObject { ["deadline"] = "2026-05-01T00:00:00+09:00" }, programs[1].Id);
        Assert.Equal(ProgramStatus.Expired, (await harness.ProgramsAsync())[1].Status);
    }

    [Fact]
    public async Task New_rules_change_no_field_that_is_set_by_hand()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed);
        await harness.ExecuteAsync("update programs set sectors = array['Culture'], classifier_version = '0'");
        await CorrectAsync(harness, new JsonObject { ["sectors"] = new JsonArray("MARINE") });

        await harness.IngestAsync(Listed with { Description = "다른 설명" });
        Assert.Equal([Sector.Marine], Assert.Single(await harness.ProgramsAsync()).Sectors);
        await harness.ExecuteAsync("update programs set classifier_version = '0'");
        await harness.Create<Reclassifier>().RunAsync(CancellationToken);

        Assert.Equal([Sector.Marine], Assert.Single(await harness.ProgramsAsync()).Sectors);
        var correction = Assert.Single(await CorrectionsAsync(harness));
        Assert.Equal(("Marine", "Ict", (DateTimeOffset?)null), (correction.Value, correction.BoardValue, correction.ConflictAt));
    }

    [Fact]
    public async Task Field_that_is_given_back_has_the_boards_value_and_evidence()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed);
        var id = (await harness.ProgramsAsync())[0].Id;
        await CorrectAsync(harness, new JsonObject { ["kind"] = "NOTICE", ["deadline"] = Deadline, ["sectors"] = new JsonArray() });

        await RemoveAsync(harness, id, CorrectedField.Kind);
        await RemoveAsync(harness, id, CorrectedField.Deadline);

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramKind.Call, Listed.Deadline), (program.Kind, program.Deadline));
        Assert.Empty(program.Sectors);
        Assert.Equal(EvidenceSource.Title, Assert.Single(program.Evidence, found => found.What == "kind").Source);
        Assert.Equal(CorrectedField.Sectors, Assert.Single(await CorrectionsAsync(harness)).Field);
        Assert.Null((await RemoveAsync(harness, id, CorrectedField.Kind)).Corrections);
    }

    [Fact]
    public async Task Only_what_rankings_can_contain_evicts_more_than_lists()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed, Announcements.Of("2026년 인공지능 수요조사"));
        var programs = (await harness.ProgramsAsync()).ToDictionary(program => program.Kind, program => program.Id);
        var before = await harness.GenerationsAsync();

        await CorrectAsync(harness, new JsonObject { ["deadline"] = Deadline }, programs[ProgramKind.Survey]);
        var listed = await harness.GenerationsAsync();
        Assert.True(listed[ConnectTags.ProgramLists] > before[ConnectTags.ProgramLists]);
        Assert.Equal((before[ConnectTags.Programs], before[ConnectTags.Matches]), (listed[ConnectTags.Programs], listed[ConnectTags.Matches]));
        await CorrectAsync(harness, new JsonObject { ["kind"] = "CALL" }, programs[ProgramKind.Survey]);
        var after = await harness.GenerationsAsync();
        await CorrectAsync(harness, new JsonObject { ["kind"] = "NOTICE" }, programs[ProgramKind.Call]);

        Assert.All((string[])[ConnectTags.Programs, ConnectTags.Matches], tag => Assert.True(after[tag] > before[tag]));
        Assert.True((await harness.GenerationsAsync())[ConnectTags.Matches] > after[ConnectTags.Matches]);
    }

    [Fact]
    public async Task Correction_waits_for_a_merge_and_is_not_overwritten_by_it()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Listed);
        await using var merging = harness.CreateConnection();
        await merging.OpenAsync(CancellationToken);
        await using var transaction = await merging.BeginTransactionAsync(CancellationToken);
        await using var command = merging.CreateCommand();
        command.CommandText = Connect.Data.Scraping.ProgramLock.Sql;
        await command.ExecuteNonQueryAsync(CancellationToken);

        var correcting = CorrectAsync(harness, new JsonObject { ["deadline"] = Deadline });
        while (await harness.CountAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())") == 0)
        {
            Assert.False(correcting.IsCompleted);
        }

        await transaction.CommitAsync(CancellationToken);
        await correcting;
        Assert.Equal(DateTimeOffset.Parse(Deadline, null), Assert.Single(await harness.ProgramsAsync()).Deadline);
    }

    [Fact]
    public async Task Repost_of_a_notice_counts_when_it_is_a_call_by_hand()
    {
        var (board, harness) = await ReadCallByHandAsync();
        await using var _ = harness;
        var repost = Session with { Url = "https://www.ntis.go.kr/view.do?id=2", BudgetAmount = 5 };
        board.Lists(repost, Session);

        await harness.RunAsync();

        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((ProgramKind.Call, ProgramStatus.Active, 5, repost.Url), (program.Kind, program.Status, program.BudgetAmount, program.AnnouncementUrl));
    }

    [Fact]
    public async Task Call_by_hand_stays_open_while_one_of_its_notices_stands()
    {
        var (board, harness) = await ReadCallByHandAsync(Session with { Url = "https://www.ntis.go.kr/view.do?id=2" });
        await using var _ = harness;
        board.Rows.Clear();
        board.Rows.Add(RowResult.NotModified("/view.do?id=2", $"list of {Session.Title}"));
        board.Found[new Uri(Session.Url).PathAndQuery] = RowOutcome.Gone;

        var run = await harness.RunAsync();

        Assert.Equal((1, 0), (run.Changed, run.Vanished));
        Assert.Equal("https://www.ntis.go.kr/view.do?id=2", Assert.Single(await harness.ProgramsAsync()).AnnouncementUrl);
    }

    private static async Task CorrectAsync(IngestionHarness harness, JsonObject patch, Guid? id = null)
    {
        patch["reason"] = "공고문과 다릅니다";
        var program = id ?? Assert.Single(await harness.ProgramsAsync()).Id;
        var outcome = await harness.Get<CacheTransaction<ConnectDbContext>>().ExecuteAsync(
            (context, token) => CorrectionWrites.SetAsync(context, program, patch, Guid.CreateVersion7(), IngestionHarness.Now, token), CancellationToken);
        Assert.Null(outcome.Errors);
        Assert.NotNull(outcome.Corrections);
    }

    private async Task<(FakeSource Board, IngestionHarness Harness)> ReadCallByHandAsync(params ScrapedAnnouncement[] others)
    {
        var board = new FakeSource().Lists([Session, .. others]);
        var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        Assert.Equal(ProgramKind.Notice, Assert.Single(await harness.ProgramsAsync()).Kind);
        await CorrectAsync(harness, new JsonObject { ["kind"] = "CALL" });
        return (board, harness);
    }

    private static Task<CorrectionOutcome> RemoveAsync(IngestionHarness harness, Guid id, CorrectedField field) =>
        harness.Get<CacheTransaction<ConnectDbContext>>().ExecuteAsync(
            (context, token) => CorrectionWrites.RemoveAsync(context, id, field, IngestionHarness.Now, token), CancellationToken);

    private static async Task<List<ProgramCorrection>> CorrectionsAsync(IngestionHarness harness)
    {
        await using var context = harness.CreateContext();
        return await context.ProgramCorrections.AsNoTracking().OrderBy(correction => correction.Id).ToListAsync(CancellationToken);
    }
}
