using System.Net;
using Connect.Data.Model;
using Connect.Tests.Distributed;
using Connect.Tests.Unit.Sources.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Suspicious runs keep the page that shows why, with what the layout expects and what the page has.</summary>
public sealed class KeptPageTests(RunningApplication application)
{
    private const string Heads = "<tr><th>순번</th><th>공고명</th><th>부처명</th><th>접수일</th><th>마감일</th><th>담당자</th></tr>";
    private const string Foot = "<p>문의처 : 홍길동 책임 (02-123-4567, hong@ntis.go.kr)</p><script>var owner = '홍길동';</script>";
    private const string Detail =
        "<div class='notice_view'><h1>2026년 인공지능 기술개발사업 {0}번 신규과제 공모</h1><ul class='summary1'><li>공고기관 : 기관</li></ul></div><div class='notice_cont'>글</div>";

    private static readonly string[] Personal = ["홍길동", "김철수", "02-123-4567", "hong@ntis.go.kr"];

    private string _list = List(Row(1), Row(2));
    private string _detail = Detail;
    private HttpStatusCode _status = HttpStatusCode.OK;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Good_run_and_failed_run_keep_no_page()
    {
        using var board = Board();
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);

        Assert.Equal(ScrapeStatus.Succeeded, (await harness.RunAsync()).Status);
        _status = HttpStatusCode.Forbidden;
        Assert.Equal(ScrapeStatus.Failed, (await harness.RunAsync()).Status);

        Assert.Equal(0, await harness.CountAsync("select count(*) from scrape_pages"));
    }

    [Fact]
    public async Task List_that_has_lost_its_table_is_kept()
    {
        _list = $"<table><tr><th>제목</th><th>등록일</th></tr><tr><td>공고</td><td>x</td></tr></table>{Foot}";

        var page = await RunAsync(Suspicion.LayoutLost);

        Assert.Equal("/list", page.Address);
        Assert.Equal([new LayoutFinding("Table:Headings", "공고명, 부처명, 마감일", "제목, 등록일", IsThere: false)], page.Findings);
        Assert.Contains("제목", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Third_detail_page_that_has_lost_its_layout_is_kept()
    {
        (_list, _detail) = (List(Row(1), Row(2), Row(3), Row(4)), $"<h2 class='heading'>공고</h2>{Foot}");

        var page = await RunAsync(Suspicion.LayoutLost);

        Assert.Equal("/rndgate/eg/un/ra/view.do?roRndUid=3&flag=rndList", page.Address);
        Assert.Contains(new("Detail:Heading", ".notice_view h1", "0 elements", IsThere: false), page.Findings);
        Assert.Contains("""<h2 class="heading">""", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_list_is_kept()
    {
        using var board = Board();
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);
        Assert.Equal(2, (await harness.RunAsync()).New);
        _list = List();

        var page = await RunAsync(harness, Suspicion.NothingListed);

        Assert.Equal(["Table:Headings", "Row:Title"], page.Findings.Where(finding => finding.IsThere).Select(finding => finding.Setting).Take(2));
    }

    [Fact]
    public async Task First_list_page_is_kept_when_most_rows_are_unreadable()
    {
        _list = List(Row(1), "<tr><td>2</td><td>링크 없음</td><td>x</td><td>x</td><td>x</td><td>김철수</td></tr>", "<tr><td>3</td><td>링크 없음</td></tr>");

        var page = await RunAsync(Suspicion.MostUnreadable);

        Assert.Contains("링크 없음", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_list_page_is_kept_when_most_programs_would_be_gone()
    {
        using var board = Board();
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);
        _list = List([.. Enumerable.Range(1, 30).Select(Row)]);
        Assert.Equal(30, (await harness.RunAsync()).New);
        (_list, _status) = (List(Row(1)), HttpStatusCode.NotFound);

        await RunAsync(harness, Suspicion.MostVanished);
    }

    [Fact]
    public async Task Run_ends_when_its_page_cannot_be_stored()
    {
        using var board = Board();
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);
        await harness.ExecuteAsync("alter table scrape_pages add constraint refused check (false)");
        _list = "<p>점검 중</p>";

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Suspicious, "list page 1 has lost its table"), (run.Status, run.Error));
        Assert.NotNull(run.CompletedAt);
        Assert.Equal(0, await harness.CountAsync("select count(*) from scrape_pages"));
        Assert.Contains(harness.Logged, record => record.Message.Contains("cannot be kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_that_lost_the_run_keeps_no_page()
    {
        using var board = Board();
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);
        _list = "<p>점검 중</p>";
        var lease = await harness.AddLeaseAsync();
        await harness.ExecuteAsync("update scrape_runs set attempts = 2");

        await harness.RunAsync(lease, CancellationToken);

        Assert.Equal(ScrapeStatus.Running, (await harness.FindRunAsync(lease.RunId)).Status);
        Assert.Equal(0, await harness.CountAsync("select count(*) from scrape_pages"));
    }

    private async Task<ScrapePage> RunAsync(Suspicion reason)
    {
        using var board = Board();
        await using var harness = await IngestionHarness.CreateAsync(application, board.Source);
        return await RunAsync(harness, reason);
    }

    private static async Task<ScrapePage> RunAsync(IngestionHarness harness, Suspicion reason)
    {
        var run = await harness.RunAsync();

        Assert.Equal(ScrapeStatus.Suspicious, run.Status);
        await using var context = harness.CreateContext();
        var page = await context.ScrapePages.SingleAsync(CancellationToken);
        Assert.Equal((run.Id, reason, IngestionHarness.Now), (page.RunId, page.Reason, page.KeptAt));
        var stored = Assert.Single(await harness.ListAsync("select scrape_pages::text from scrape_pages"));
        Assert.All(Personal, value => Assert.DoesNotContain(value, stored, StringComparison.Ordinal));
        return page;
    }

    // Of detail pages, the first one is always there.
    private BoardPipeline Board() => new(
        request => request.RequestUri!.PathAndQuery switch
        {
            "/list" when _status != HttpStatusCode.Forbidden => BoardPipeline.Page(_list),
            var path when _status != HttpStatusCode.OK && !path.Contains("roRndUid=1&", StringComparison.Ordinal) => BoardPipeline.Status(_status),
            var path => BoardPipeline.Page(_detail.Replace("{0}", path.Split('=', '&')[1], StringComparison.Ordinal)),
        },
        time: new FakeTimeProvider(IngestionHarness.Now));

    private static string List(params string[] rows) => $"<table>{Heads}{string.Concat(rows)}</table>{Foot}";

    private static string Row(int number) =>
        $"<tr><td>{number}</td><td><a href='#' onclick=\"fn_view('{number}')\">2026년 인공지능 기술개발사업 {number}번 신규과제 공모</a></td><td>환경부</td><td>2026.05.01</td><td>2026.12.31</td><td>홍길동</td></tr>";
}
