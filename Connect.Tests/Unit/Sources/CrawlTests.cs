using System.Net;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Sources;

public sealed class CrawlTests
{
    private const string Detail = """
        <html><body><div class="board_view"><h3>공고</h3><table class="info"><tr><th>소관부처</th><td>환경부</td></tr></table><div class="contents">글</div></div></body></html>
        """;

    [Fact]
    public async Task Crawl_goes_on_when_single_rows_cannot_be_read()
    {
        var results = await CrawlAsync(
            List(1, "/d?id=1", "https://elsewhere.example/d?id=2", "/gone?id=3", "/broken?id=4", "", "/d?id=5"));

        Assert.Equal([true, false, false, false, false, true], results.Select(result => result.Announcement is not null));
        Assert.Equal(
            [
                new RowError("/d?id=2", "the link leads to a host that is not on the allow-list"),
                new RowError("/gone?id=3", "the detail page is gone"),
                new RowError("/broken?id=4", "the detail page has not the known layout"),
                new RowError("page 1, row 5", "no link to a detail page"),
            ],
            results.Where(result => result.Error is not null).Select(result => result.Error!));
    }

    [Fact]
    public async Task Crawl_ends_when_detail_after_detail_has_lost_its_layout()
    {
        var exception = await Assert.ThrowsAsync<BoardException>(() =>
            CrawlAsync(List(1, "/broken?id=1", "/d?id=2", "/broken?id=3", "/broken?id=4", "/broken?id=5", "/d?id=6")));

        Assert.Equal("3 detail pages in a row have lost their layout", exception.Message);
    }

    [Fact]
    public async Task Crawl_reads_each_announcement_once_when_rows_move_to_the_next_page()
    {
        var results = await CrawlAsync(List(3, "/d?id=1", "/d?id=2"), List(3, "/d?id=2", "/d?id=3"), List(3, "/d?id=4"));

        Assert.Equal(["/d?id=1", "/d?id=2", "/d?id=3", "/d?id=4"], results.Select(result => new Uri(result.Announcement!.Url).PathAndQuery));
    }

    [Fact]
    public async Task Crawl_ends_when_the_board_ignores_the_page_number()
    {
        var page = List(99, "/d?id=1", "/d?id=2");

        Assert.Equal(2, (await CrawlAsync(page, page)).Count);
    }

    [Fact]
    public async Task Crawl_ends_when_it_has_read_as_many_pages_as_it_may()
    {
        var pages = Enumerable.Range(1, 9).Select(number => List(9, $"/d?id={number}")).ToArray();

        Assert.Equal(4, (await CrawlAsync(pages)).Count);
    }

    [Fact]
    public async Task Crawl_ends_when_the_list_is_gone() =>
        await Assert.ThrowsAsync<BoardException>(() => CrawlAsync());

    [Fact]
    public async Task Crawl_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var source = Source([List(1, "/d?id=1", "/d?id=2")]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in source.ReadAsync(NoKnownPostings.Instance, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    private static async Task<List<RowResult>> CrawlAsync(params string[] pages)
    {
        List<RowResult> results = [];
        await foreach (var result in Source(pages).ReadAsync(NoKnownPostings.Instance, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    private static BoardSource Source(string[] pages) => new(
        Agency.IITP,
        new Clients(pages),
        new Monitor(Board()),
        TimeProvider.System);

    private static BoardOptions Board()
    {
        var board = BoardParsers.Plain();
        board.BaseAddress = new("https://board.example");
        board.MaxPages = 4;
        return board;
    }

    private static string List(int pages, params string[] links) => $"""
        <table><thead><tr><th>번호</th><th>제목</th><th>등록일</th></tr></thead><tbody>
        {string.Concat(links.Select(link => $"<tr><td>1</td><td><a href=\"{link}\">제목</a></td><td>2025-03-01</td></tr>"))}
        </tbody></table><div class="paging">{string.Concat(Enumerable.Range(1, pages).Select(number => $"<a href=\"#\">{number}</a>"))}</div>
        """;

    private sealed class Clients(string[] pages) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Assert.Equal("board.example", request.RequestUri!.Host);
            var (path, query) = (request.RequestUri.AbsolutePath, request.RequestUri.Query);
            var number = query.StartsWith("?page=", StringComparison.Ordinal) ? int.Parse(query[6..], System.Globalization.CultureInfo.InvariantCulture) : 1;
            var body = path switch
            {
                "/list" => number <= pages.Length ? pages[number - 1] : null,
                "/d" => Detail,
                "/broken" => "<html><body>새 누리집</body></html>",
                "/gone" => null,
                _ => throw new InvalidOperationException($"unexpected {path}"),
            };
            return Task.FromResult(new HttpResponseMessage(body is null ? HttpStatusCode.NotFound : HttpStatusCode.OK)
            {
                Content = new StringContent(body ?? ""),
            });
        }
    }

    private sealed class Monitor(BoardOptions options) : IOptionsMonitor<BoardOptions>
    {
        public BoardOptions CurrentValue => options;

        public BoardOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<BoardOptions, string?> listener) => null;
    }
}
