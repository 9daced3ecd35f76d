using System.Net;
using Connect.AgencySimulator.Boards;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.Tests.Unit.Sources.Http;

namespace Connect.Tests.Unit.Sources;

/// <summary>A board that no code knows: its section says everything, and its pages are made up.</summary>
public sealed class ConfiguredBoardTests
{
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    private static readonly (string, string)[] Section =
    [
        ("ListPath", "/notice/list.jsp?menu=3"),
        ("Shape", "Table"),
        ("DefaultMinistry", "행정안전부"),
        ("Table:Headings", "공고명, 소관"),
        ("Row:Published", "게시일자"),
        ("Row:Status", "진행"),
        ("Row:Ministry", ""),
        ("Paging:Parameter", "pg"),
        ("Paging:Pager", ".nav"),
        ("Detail:Heading", ".read .subject"),
        ("Detail:Fields", ".read dl.facts"),
        ("Detail:Body", ".read .text"),
        ("Detail:Attachments", ".read .files a"),
        ("DetailCall", "fn_detail"),
        ("DetailPath", "/notice/read.jsp?no={0}&kind={1}"),
    ];

    [Fact]
    public async Task Board_is_read_when_only_configuration_describes_it()
    {
        using var board = new BoardPipeline(Answer, agency: Agency.KIMST, settings: Section);

        var rows = await ReadAsync(board);

        Assert.Equal(
            [
                "https://board.example/notice/list.jsp?menu=3",
                "https://board.example/notice/read.jsp?no=101&kind=A",
                "https://board.example/notice/read.jsp?no=112&kind=B",
                "https://board.example/notice/list.jsp?menu=3&pg=2",
                "https://board.example/notice/read.jsp?no=110&kind=B",
            ],
            board.Requests);
        Assert.Equal(
            [
                new("page 1, row 3", "no link to a detail page"),
                new RowError("/notice/read.jsp?no=110&kind=B", "the detail page has not the known layout"),
            ],
            rows.Select(row => row.Error).OfType<RowError>());
        var (first, second) = (rows[0].Announcement!, rows[1].Announcement!);
        Assert.Equal(Agency.KIMST, first.Agency);
        Assert.Equal("https://board.example/notice/read.jsp?no=101&kind=A", first.Url);
        Assert.Equal("양식 기자재 국산화 과제 공고", first.Title);
        Assert.Equal("행정안전부", first.Ministry);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, Kst), first.PublishedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 0, 0, 0, Kst), first.ApplicationStart);
        Assert.Equal(new DateTimeOffset(2026, 4, 10, 18, 0, 0, Kst), first.Deadline);
        Assert.Equal(1_200_000_000, first.BudgetAmount);
        Assert.Equal("양식 기자재를 국산으로 바꾸는 과제를 지원합니다.", first.Description);
        Assert.Equal(["공고문.hwp"], first.AttachmentNames);
        Assert.Equal((false, true), (first.Closed, second.Closed));
    }

    [Fact]
    public async Task Page_is_read_once_more_when_the_layout_is_another_one()
    {
        using var board = new BoardPipeline(Answer, agency: Agency.KIMST, settings: Section);
        using var mended = new BoardPipeline(Answer, agency: Agency.KIMST, settings: [.. Section, ("Detail:Body", ".read")]);

        var (before, again, after) = (await ReadAsync(board), await ReadAsync(board), await ReadAsync(mended));

        Assert.Equal(before[0].ListHash, again[0].ListHash);
        Assert.NotEqual(before[0].ListHash, after[0].ListHash);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request) => Page(request.RequestUri!.Query switch
    {
        "?menu=3" => PageFiles.Read("configured-list-1.html"),
        "?menu=3&pg=2" => PageFiles.Read("configured-list-2.html"),
        "?no=110&kind=B" => "<script>alert('삭제된 글입니다.');history.back();</script>",
        _ => PageFiles.Read("configured-detail.html"),
    });

    // The charset stands only in the page.
    private static HttpResponseMessage Page(string html) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(KoreanPages.Encode(html, KoreanPages.EucKr)) { Headers = { ContentType = new("text/html") } },
    };

    private static async Task<List<RowResult>> ReadAsync(BoardPipeline board)
    {
        List<RowResult> rows = [];
        await foreach (var row in board.Source.ReadAsync(NoKnownPostings.Instance, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
