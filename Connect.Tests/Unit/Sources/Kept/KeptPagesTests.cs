using System.Diagnostics;
using Connect.Data.Model;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Kept;

namespace Connect.Tests.Unit.Sources.Kept;

public sealed class KeptPagesTests
{
    private static readonly string[] Personal = ["홍길동", "김철수", "박영희", "02-123-4567", "kim@keit.re.kr", "800101-1234567", "s3cret"];

    [Fact]
    public void Page_keeps_what_a_layout_is_made_of()
    {
        var kept = Html("""
            <html><head><title>사업공고</title></head><body><div id="content" class="board list">
            <table class="tbl"><thead><tr><th scope="col">공고명</th><th>마감일</th></tr></thead>
            <tbody><tr><td class="subject"><a href="/view.do?id=7&key=9" onclick="fn_view('1268336'); return false;">2026년 신규과제 공고</a></td><td>2026-08-21</td></tr></tbody></table>
            <img src="/img/open.gif?x=1" alt="접수중"></div></body></html>
            """);

        Assert.Contains("<title>", kept, StringComparison.Ordinal);
        Assert.Contains("""<div id="content" class="board list">""", kept, StringComparison.Ordinal);
        Assert.Contains("""<th scope="col">공고명""", kept, StringComparison.Ordinal);
        Assert.Contains("""<a href="/view.do?id&amp;key" onclick="fn_view('1268336'); return false;">2026년 신규과제 공고</a>""", kept, StringComparison.Ordinal);
        Assert.Contains("""<img src="/img/open.gif?x" alt="접수중">""", kept, StringComparison.Ordinal);
        Assert.Contains("2026-08-21", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<body><script>var a = '홍길동';</script><style>.홍길동{}</style><!-- 홍길동 --><noscript>홍길동</noscript><template>홍길동</template>")]
    [InlineData("<input name=q value=홍길동><textarea>홍길동</textarea><select><option value=홍길동>홍길동</select><meta name=author content=홍길동>")]
    [InlineData("<div data-user=홍길동 style='x:홍길동' onmouseover='홍길동'>x</div><iframe src='/a?n=홍길동'>홍길동</iframe><svg><text>홍길동</text></svg>")]
    [InlineData("<xmp>홍길동</xmp><noframes>홍길동</noframes><noembed>홍길동</noembed><object>홍길동</object>")]
    [InlineData("<table><tr><th>담당자</th><td>홍길동</td></tr></table>")]
    [InlineData("<table><tr><th>담당자</th><td>홍길동<br>김철수<p>박영희</p></td></tr></table>")]
    [InlineData("<table><tr><th>담당자</th><th>연락처</th></tr><tr><td>홍길동</td><td>02-123-4567</td></tr><tr><td>김철수</td><td>x</td></tr></table>")]
    [InlineData("<table><thead><tr><th>번호</th><th>제목</th><th>작성자</th></tr></thead><tr><td>1</td><td>공고</td><td><a>홍길동</a></td></tr><tr><td>2</td><td>공고</td><td>김철수</td></tr></table>")]
    [InlineData("<table><tr><td>번호</td><td>제목</td><td>작성자</td></tr><tr><td>1</td><td>공고</td><td>홍길동</td></tr><tr><td>2</td><td>공고</td><td>김철수</td></tr></table>")]
    [InlineData("<table><tr><td>담당자</td><td>연락처</td></tr><tr><td>홍길동</td><td>x</td></tr><tr><td>김철수</td><td>x</td></tr></table>")]
    [InlineData("<table><tr><th colspan=2>공고</th><th>담당자</th></tr><tr><td rowspan=2>1</td><td>가</td><td>홍길동</td></tr><tr><td>나</td><td>김철수</td></tr></table>")]
    [InlineData("<table><tr><td data-label='작성자'>홍길동</td><td data-label='제목'>공고</td></tr></table>")]
    [InlineData("<dl><dt>문의처</dt><dd><ul><li>홍길동</li><li>김철수</li></ul></dd></dl>")]
    [InlineData("<p><strong>담당자</strong> : 홍길동, 김철수</p>")]
    [InlineData("<p>담당자 : <b>홍</b>길동 <i>김철수</i></p>")]
    [InlineData("<p><span class=label>작성자</span><span class=value>홍길동</span></p>")]
    [InlineData("<div><span>성 명</span><br>홍길동</div>")]
    [InlineData("<div class=label>담당자</div><div class=value><div>홍길동</div><div>김철수</div></div>")]
    [InlineData("<p>문의 : 미래사업팀 홍길동 (02-123-4567, kim@keit.re.kr)</p>")]
    [InlineData("<p>미래사업팀 홍길동 선임 (02-123-4567)</p><a href='mailto:kim@keit.re.kr'>메일</a>")]
    [InlineData("<p title='담당자 홍길동' id='kim@keit.re.kr'>x</p><img alt='작성자: 홍길동'>")]
    [InlineData("<a href='/v?n=홍길동' onclick=\"view('1','홍길동')\">x</a><a href=\"javascript:mail('kim@keit.re.kr')\">x</a>")]
    [InlineData("<p>800101-1234567</p><p>crtfcKey=s3cret</p><a href='/api?crtfcKey=s3cret'>x</a><a onclick=\"go('/api?crtfcKey=s3cret')\">x</a>")]
    [InlineData("담당자 홍길동")]
    public void Personal_data_is_gone(string page)
    {
        var kept = Html(page);

        Assert.All(Personal, value => Assert.DoesNotContain(value, kept, StringComparison.Ordinal));
        Assert.DoesNotContain("길동", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_beside_those_of_persons_stay()
    {
        var kept = Html("<table><tr><th>번호</th><th>작성자</th><th>등록일</th></tr><tr><td>1</td><td>홍길동</td><td>2026-08-21</td></tr></table>");

        Assert.All(["번호", "작성자", "등록일", "2026-08-21"], word => Assert.Contains(word, kept, StringComparison.Ordinal));
    }

    [Fact]
    public void Kept_page_is_read_by_the_layout_that_fits()
    {
        const string page = "<table><tr><th>공고명</th><th>부처명</th><th>마감일</th></tr><tr><td><a onclick=\"fn_view('7')\">공고</a></td><td>환경부</td><td>2026.08.21</td></tr></table>";
        var board = BoardParsers.Known("NTIS");

        var rows = ListPages.Parse(Html(page), new("https://www.ntis.go.kr/"), 1, board).Rows;

        Assert.Equal("공고", Assert.Single(rows).Row?.Title);
    }

    [Fact]
    public void Json_keeps_its_names_and_the_values_that_the_layout_reads()
    {
        var board = BoardParsers.Known("IRIS");
        var kept = KeptPages.TextOf(
            """{"listBsnsAncmBtinSitu":[{"ancmId":"023457","ancmTl":"2026년 공고","rcveEndDe":"2026.10.20","chrgrNm":"홍길동","tel":"02-123-4567","no":8001011234567,"x":null,"y":true}],"userNm":"홍길동"}""",
            board, isList: true);

        Assert.All(["listBsnsAncmBtinSitu", "023457", "2026년 공고", "2026.10.20", "chrgrNm", "userNm"], word => Assert.Contains(word, kept, StringComparison.Ordinal));
        Assert.All([.. Personal, "8001011234567"], value => Assert.DoesNotContain(value, kept, StringComparison.Ordinal));
    }

    [Fact]
    public void Feed_keeps_its_names_the_values_that_the_layout_reads_and_never_the_key()
    {
        var board = BoardParsers.Known("MSS");
        board.Key = "a+b=열쇠";
        var kept = KeptPages.TextOf(
            """
            <response><header><resultMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</resultMsg><asked>https://apis.data.go.kr/x?serviceKey=a+b=열쇠</asked></header>
            <item><title>2026년 공고 a+b=열쇠</title><writerName>홍길동</writerName><dataContents>&lt;p&gt;담당자&lt;/p&gt;&lt;p&gt;홍길동&lt;/p&gt;</dataContents><viewUrl>https://www.mss.go.kr/v?id=1</viewUrl></item></response>
            """,
            board, isList: true);

        Assert.All(["SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "2026년 공고", "writerName", "https://www.mss.go.kr/v?id<"], word => Assert.Contains(word, kept, StringComparison.Ordinal));
        Assert.All([.. Personal, "열쇠"], value => Assert.DoesNotContain(value, kept, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("IRIS", "{\"chrgrNm\":\"홍길동\",\"x\":")]
    [InlineData("IRIS", "{\"\\ud83d\":\"홍길동\"}")]
    [InlineData("MSS", "<response><writerName>홍길동</writerName>")]
    public void Broken_data_is_not_taken_for_a_page(string board, string text) =>
        Assert.DoesNotContain("홍길동", KeptPages.TextOf(text, BoardParsers.Known(board), isList: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("IRIS", "<!DOCTYPE html>")]
    [InlineData("MSS", "<!DOCTYPE html>")]
    [InlineData("MSS", "\uFEFF<?xml version='1.0'?>\n<html>")]
    public void Page_in_place_of_data_is_kept_as_a_page(string board, string start) => Assert.Contains(
        "점검 중입니다", KeptPages.TextOf($"{start}<p>점검 중입니다</p>", BoardParsers.Known(board), isList: true), StringComparison.Ordinal);

    [Fact]
    public void Page_has_its_findings_and_an_address_without_values()
    {
        var board = BoardParsers.Known("NTIS");
        var now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var run = Guid.CreateVersion7();

        var list = KeptPages.Of(run, Suspicion.LayoutLost, new(new("https://x.example/list.do?key=s3cret"), "<table><th>제목</th><th>kim@keit.re.kr</th></table>", board, IsList: true), now);
        var detail = KeptPages.Of(run, Suspicion.LayoutLost, new(new("https://x.example/view.do?roRndUid=77&token=s3cret"), "<h1>x</h1>", board, IsList: false), now);

        Assert.Equal((run, Suspicion.LayoutLost, "/list.do?key", now), (list.RunId, list.Reason, list.Address, list.KeptAt));
        Assert.Equal([new LayoutFinding("Table:Headings", "공고명, 부처명, 마감일", "제목, ***", IsThere: false)], list.Findings);
        Assert.Equal("/view.do?roRndUid=77&token", detail.Address);
        Assert.Equal(["Detail:Heading", "Detail:Fields", "Detail:Body", "Detail:Attachments"], detail.Findings.Select(finding => finding.Setting));
    }

    [Theory]
    [InlineData("<p>가나다 😀</p>")]
    [InlineData("😀")]
    public void Long_page_is_cut_between_characters(string piece)
    {
        var kept = Html(string.Concat(Enumerable.Repeat(piece, 60_000)));

        Assert.InRange(kept.Length, 1_000, ScrapePage.MaxTextLength);
        Assert.False(char.IsHighSurrogate(kept[^1]));
    }

    [Theory]
    [InlineData("<div>", 5_000)]
    [InlineData("<table><tr><td>", 2_500)]
    [InlineData("<div>담당자", 5_000)]
    [InlineData("<b>담당자</b><i>x</i>", 20_000)]
    [InlineData("<p>담당자<p>홍길동", 20_000)]
    [InlineData("<td>", 19_000)]
    [InlineData("<br>", 100_000)]
    [InlineData("02-", 500_000)]
    [InlineData("홍길동 ", 300_000)]
    [InlineData("a", 3_000_000)]
    [InlineData("&", 500_000)]
    public void Nasty_page_is_cleaned_quickly(string piece, int times)
    {
        var page = string.Concat(Enumerable.Repeat(piece, times));
        var started = Stopwatch.GetTimestamp();

        var kept = Html(page);

        Assert.InRange(kept.Length, 0, ScrapePage.MaxTextLength);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Cleaning_never_throws_whatever_the_page_and_the_shape()
    {
        var texts = new FuzzTexts(seed: 20_261_130);
        string[] pieces = ["<table>", "<tr>", "<td colspan=99999>", "</table>", "<!--", "<![CDATA[", "{\"a\":", "[", "\uD83D", "\0", "\uFFFF", "<rss>", "<item>", "담당자", "&#x1F600;", "<a href='%FF?%'>", "'", "\""];
        BoardOptions[] boards = [BoardParsers.Known("NTIS"), BoardParsers.Known("KEIT"), BoardParsers.Known("IRIS"), BoardParsers.Known("MSS")];
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var page = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(2) == 0 ? texts.Next() : pieces[random.Next(pieces.Length)]));
            var kept = KeptPages.Of(
                Guid.Empty, Suspicion.NothingListed, new(new("https://x.example/a"), page, boards[random.Next(boards.Length)], random.Next(2) == 0), default);

            Assert.DoesNotContain('\0', kept.Text);
        }
    }

    private static string Html(string page) => KeptPages.TextOf(page, BoardParsers.Known("NTIS"), isList: true);
}
