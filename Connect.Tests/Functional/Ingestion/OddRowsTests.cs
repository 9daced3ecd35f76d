using Connect.Data.Model;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Rows that no board should have, and one has.</summary>
public sealed class OddRowsTests(RunningApplication application)
{
    [Fact]
    public async Task Programs_differ_by_address_when_their_titles_hold_no_letter()
    {
        await using var harness = await IngestionHarness.CreateAsync(application);
        ScrapedAnnouncement[] announcements = [Announcements.Of("★★★"), Announcements.Of("🎉 !!")];

        var first = await harness.IngestAsync(announcements);
        var again = await harness.IngestAsync(announcements);
        var other = await harness.IngestAsync(announcements[0], announcements[1] with { Title = "♥" });

        Assert.Equal((2, 0, 2), (first.New, again.New, again.Unchanged));
        Assert.Equal((0, 1, 1), (other.New, other.Changed, other.Unchanged));
    }

    [Fact]
    public void Rare_letters_tell_titles_apart() =>
        Assert.NotEqual(Titles.Normalize("𠀀 공고"), Titles.Normalize("𠀁 공고"));

    [Fact]
    public async Task First_row_counts_when_an_address_is_listed_twice()
    {
        var announcement = Announcements.Of();
        var board = new FakeSource().Lists(announcement, announcement with { BudgetAmount = 5 });
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 1, 1), (run.Status, run.Found, run.New));
        Assert.Equal(announcement.BudgetAmount, Assert.Single(await harness.ProgramsAsync()).BudgetAmount);
    }

    [Fact]
    public async Task Program_is_stored_whole_when_its_texts_are_very_long()
    {
        var random = new Random(1);
        var (title, body) = (Letters(random, 100_000), Letters(random, 50_000));
        var announcement = Announcements.Of() with
        {
            Title = title,
            Description = body,
            Ministry = title,
            AnnouncingAgency = title,
            Category = title,
            Keywords = [title, title],
            AttachmentNames = [title],
            Url = $"https://www.ntis.go.kr/view.do?id={new string('1', 1_980)}",
        };
        var board = new FakeSource();
        board.Rows.AddRange([Row(announcement), Row(Announcements.Of())]);
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();
        board.Rows[0] = Row(announcement with { Title = title + "가" });
        var renamed = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 2, null), (run.Status, run.New, run.Error));
        Assert.Equal((ScrapeStatus.Succeeded, 0, 1), (renamed.Status, renamed.New, renamed.Changed));
        var program = (await harness.ProgramsAsync()).Single(program => program.Title.Length > 1_000);
        Assert.Equal((title + "가", body), (program.Title, program.Description));
    }

    [Fact]
    public async Task Board_without_programs_is_not_suspicious_when_it_never_had_one()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource());

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 0, 0, 0), (run.Status, run.Found, run.New, run.Reposted));
        Assert.Empty(await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Address_that_does_not_answer_waits_behind_the_others()
    {
        var board = new FakeSource().Lists(Announcements.Of("2026년 해양 쓰레기 수거선 실증 공고"), Announcements.Of());
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();
        board.Rows.RemoveAt(1);

        await harness.RunAsync();

        var posting = Assert.Single(await harness.PostingsAsync(), posting => posting.Url == Announcements.Of().Url);
        Assert.Equal((IngestionHarness.Now, 0, null), (posting.CheckedAt, posting.MissedRuns, posting.VanishedAt));
    }

    private static RowResult Row(ScrapedAnnouncement announcement) => RowResult.Read(new Uri(announcement.Url).PathAndQuery, "hash", announcement);

    private static string Letters(Random random, int count) =>
        string.Create(count, random, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = i % 7 == 6 ? ' ' : (char)source.Next('가', '힣');
            }
        });
}
