using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Stage;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>The history of changes: every field, before and after.</summary>
public sealed class ChangeHistoryTests(RunningApplication application)
{
    [Fact]
    public async Task Change_keeps_old_and_new_value_of_every_field_that_differs()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());
        harness.Advance(TimeSpan.FromHours(6));

        await harness.IngestAsync(Announcements.Of() with
        {
            Title = Announcements.Of().Title + " (수정)",
            Description = "다른 설명",
            AnnouncingAgency = "정보통신기획평가원",
            Category = null,
            Keywords = ["인공지능", "로봇"],
            TargetTypes = [OrganizationType.Company],
            MinTrl = null,
            MaxTrl = 7,
            BudgetAmount = 9_007_199_254_740_993,
            PublishedAt = null,
            ApplicationStart = new DateTimeOffset(2026, 6, 10, 9, 0, 0, TimeSpan.FromHours(9)),
            Deadline = Announcements.Deadline.AddDays(14),
            AttachmentNames = [],
        });

        var change = Assert.Single(await harness.ChangesAsync());
        var program = Assert.Single(await harness.ProgramsAsync());
        Assert.Equal((program.Id, ProgramChangeKind.Changed, IngestionHarness.Now.AddHours(6)), (change.ProgramId, change.Kind, change.ChangedAt));
        Assert.Equal(
            [
                new("title", "2026년 인공지능 기술개발사업 공고", "2026년 인공지능 기술개발사업 공고 (수정)"),
                new("description", "인공지능 기술을 개발한다.", "다른 설명"),
                new("announcing_agency", null, "정보통신기획평가원"),
                new("category", "ICT", null),
                new("keywords", "인공지능", "인공지능 | 로봇"),
                new("target_types", null, "Company"),
                new("min_trl", "4", null),
                new("max_trl", "6", "7"),
                new("budget_amount", "1000000000", "9007199254740993"),
                new("published_at", "2026-06-01T18:00:00+09:00", null),
                new("application_start", null, "2026-06-10T09:00:00+09:00"),
                new("deadline", "2026-07-31T18:00:00+09:00", "2026-08-14T18:00:00+09:00"),
                new FieldChange("attachment_names", "공고문.hwp", null),
            ],
            change.Fields);
    }

    [Fact]
    public async Task Change_is_kept_when_a_program_closes_and_reopens()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());

        await harness.IngestAsync(Announcements.Of() with { Closed = true });
        await harness.IngestAsync(Announcements.Of());

        var changes = await harness.ChangesAsync();
        Assert.Equal([ProgramChangeKind.Changed, ProgramChangeKind.Reopened], changes.Select(change => change.Kind));
        Assert.Equal([new FieldChange("status", "Expired", "Active")], changes[1].Fields);
    }

    [Fact]
    public async Task Nothing_is_kept_when_nothing_differs()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());

        await harness.IngestAsync(Announcements.Of());

        Assert.Empty(await harness.ChangesAsync());
    }

    [Fact]
    public async Task Archived_program_stays_archived_until_its_content_changes()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await harness.IngestAsync(Announcements.Of());
        await harness.ExecuteAsync("update programs set status = 'Archived'");

        var same = await harness.IngestAsync(Announcements.Of());
        var other = await harness.IngestAsync(Announcements.Of() with { BudgetAmount = 5 });

        Assert.Equal((0, 1), (same.Changed, other.Changed));
        Assert.Equal(ProgramStatus.Active, Assert.Single(await harness.ProgramsAsync()).Status);
    }

    [Fact]
    public async Task Staging_table_has_every_column_of_the_programs()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        await using var context = harness.CreateContext();

        var staged = await harness.ListAsync("select column_name::text from information_schema.columns where table_name = 'scrape_rows'");

        Assert.Empty(new ProgramColumns(context.Model).Names.Except(staged));
    }
}
