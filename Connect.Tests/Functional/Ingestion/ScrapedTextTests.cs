using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Tests.Distributed;
using Connect.Tests.Unit.Sources;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Text that Postgres refuses does not pass the parsers; if it does, only its row is lost.</summary>
public sealed class ScrapedTextTests(RunningApplication application)
{
    private static readonly string[] Unstorable = ["\0", "&#0;", "\ud800", "\udc00", "&#xD800;", "\uffff", "\u001f"];

    private static readonly BoardOptions Options = new() { BaseAddress = new("https://www.ntis.go.kr"), ListPath = "/list" };

    [Fact]
    public async Task Page_is_stored_when_its_text_holds_what_a_column_refuses()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource().Lists([.. Unstorable.Select(Read)]));

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, Unstorable.Length), (run.Status, run.Found));
        Assert.All(await harness.ProgramsAsync(), program =>
        {
            Assert.StartsWith("공고", program.Title, StringComparison.Ordinal);
            Assert.StartsWith("부처", program.Ministry, StringComparison.Ordinal);
            Assert.StartsWith("본문", program.Description, StringComparison.Ordinal);
            Assert.StartsWith("파일", Assert.Single(program.AttachmentNames), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Run_is_completed_when_its_errors_hold_what_a_column_refuses()
    {
        var board = new FakeSource().Lists(Announcements.Of(), Announcements.Of("둘째"));
        board.Rows.Add(RowResult.Unreadable(null, new RowError("/view\0?id=\ud800", $"no{string.Concat(Enumerable.Repeat("😀", 300))}")));
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 2, 1), (run.Status, run.New, run.Failed));
        Assert.StartsWith("/view?id=: no😀", Assert.Single(run.RowErrors), StringComparison.Ordinal);
    }

    private static ScrapedAnnouncement Read(string text, int place)
    {
        var page = $"""
            <div class="notice_view"><h1>공고{text} {place}</h1>
            <div class="summary1"><ul><li>부처명 : 부처{text}</li><li>키워드 : 가{text}, 나{text}</li></ul></div>
            <div class="summary_file"><ul><li><a href="#">파일{text}.hwp</a></li></ul></div></div>
            <div class="notice_cont"><div class="se-contents">본문{text} 내용</div></div>
            """;
        var row = new ListRow { Place = "page 1", Title = "제목", Address = new Uri($"https://www.ntis.go.kr/view.do?id={place}") };
        return AnnouncementComposer.Compose(Agency.NTIS, row, BoardParsers.Detail(Agency.NTIS, page)!, Options, TimeProvider.System.GetUtcNow());
    }
}
