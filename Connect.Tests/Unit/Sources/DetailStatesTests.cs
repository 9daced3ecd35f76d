using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>Detail pages as sites really print them. The board is plain: a table of facts above the text.</summary>
public sealed class DetailStatesTests
{
    [Theory]
    [InlineData("<script>alert('삭제된 글입니다.');history.back();</script>")]
    [InlineData("<script>alert('삭제된 글');</script><noscript><h3>공고</h3></noscript>")]
    [InlineData("<html><body onload=\"location.href='/error.do'\"></body></html>")]
    [InlineData("<div class='board_view'><h3></h3><table class='info'></table></div>")]
    [InlineData("<div class='board_view'><h3><!-- 공고 --></h3><table class='info'></table></div>")]
    [InlineData("<script>var page = \"<div class='board_view'><h3>공고</h3><table class='info'></table></div>\";</script>")]
    public void Page_is_none_of_the_board_when_it_only_says_so_by_script(string page) =>
        Assert.Null(BoardParsers.PlainDetail(page));

    [Theory]
    [InlineData("<tr><th>소관부처</th><td>환경부</td></tr>")]
    [InlineData("<TR><TH>소관&nbsp;부처<TD>환경부")]
    [InlineData("<tr><th>전문기관<td><table><tr><td>가</td><td>나</td></tr></table><tr><th>소관부처<td>환경부")]
    [InlineData("<tr><th>공고일</th><td>2026-03-01</td><th>소관부처</th><td>&#54872;경&#x ubd80;부</td></tr>", "환경&#x ubd80;부")]
    [InlineData("<tr><th>소관부처</th><!-- <td>교육부</td> --><td>환경부<script>//<![CDATA[\nvar a = '교육부';\n//]]></script></td></tr>")]
    [InlineData("<tr><th>소관부처</th><td><![CDATA[교육부]]>환경부</td></tr>")]
    public void Fact_is_read_when_its_markup_is_odd(string rows, string expected = "환경부")
    {
        var page = BoardParsers.PlainDetail($"<div class='board_view'><h3>공고</h3><table class='info'>{rows}</table><div class='contents'>글</div></div>")!;

        Assert.Equal(expected, page.Fields.First("소관부처"));
        Assert.Equal("글", page.Body);
    }

    [Fact]
    public void Title_and_text_are_values_when_the_page_has_no_heading()
    {
        var layout = new DetailLayout { Heading = "label:제목", Fields = "table", Body = "label:내용", Attachments = "a" };

        var page = DetailPage.Read(
            """
            <table class="login"><tr><th>아이디</th><td><input></td></tr></table>
            <table><tr><th>제 목</th><td>디딤돌 과제 공고</td></tr><tr><th>종료일자</th><td>2026-09-28</td></tr><tr><th>내용</th><td><p>첨부 공고문 참조<p>문의 바랍니다.</td></tr><tr><th>첨부파일</th><td><a href="javascript:down('1')">공고문.hwp</a></td></tr></table>
            """,
            layout)!;

        Assert.Equal(("디딤돌 과제 공고", "2026-09-28"), (page.Title, page.Fields.First("종료일자")));
        Assert.Equal("첨부 공고문 참조\n\n문의 바랍니다.", page.Body);
        Assert.Equal(["공고문.hwp"], page.Attachments);
        Assert.Null(DetailPage.Read("<table><tr><th>내용</th><td>제목이 없는 글</td></tr></table>", layout));
    }

    [Fact]
    public void Text_is_that_of_the_frame_when_the_page_has_one()
    {
        var layout = new DetailLayout { Heading = "#title", Fields = ".box", Label = "span.label", Body = ".box", Frame = "iframe.text" };
        const string Page = """
            <div class="box"><input id="title" type="hidden" value="공정 장비 과제 공고"><p><span class="label">접수기간</span><span class="val">2026-02-06 09:00 ~ <del>2026-03-08</del> 2026-04-08 18:00</span></p>
            <iframe src="/ad"></iframe><iframe class="text" src="body.do?id=7"></iframe></div>
            """;

        var page = DetailPage.Read(Page, layout, "<html><body><p>○ 지원규모 : 12억원</p><s>○ 지원대상 : 대학</s></body></html>")!;

        Assert.Equal("https://board.example/a/body.do?id=7", DetailPage.FrameOf(Page, layout, new("https://board.example/a/view.do"))?.AbsoluteUri);
        Assert.Equal(("공정 장비 과제 공고", "○ 지원규모 : 12억원"), (page.Title, page.Body));
        Assert.Equal(("12억원", "2026-02-06 09:00 ~ 2026-04-08 18:00", null), (page.Fields.First("○지원규모", "지원규모"), page.Fields.First("접수기간"), page.Fields.First("지원대상")));
        Assert.NotNull(page.WithStruck);
        Assert.Null(DetailPage.FrameOf("<div class='box'></div>", layout, new("https://board.example/")));
    }

    [Fact]
    public void Text_keeps_its_lines_when_its_elements_are_old()
    {
        var page = BoardParsers.PlainDetail("""
            <div class="board_view"><h3>공고</h3><table class="info"></table>
            <div class="contents"><CENTER>제목</CENTER><blockquote>인용</blockquote>첫 줄<BR>둘째&nbsp;줄<p>셋째 줄<p>넷째 &lt;줄&gt;<!-- 숨은 글 --></div>
            """)!;

        Assert.Equal("제목\n인용\n첫 줄\n둘째 줄\n셋째 줄\n넷째 <줄>", page.Body.Replace("\n\n", "\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("교육부", "환경부", "해양수산부", "교육부")]
    [InlineData(null, "환경부", "해양수산부", "환경부")]
    [InlineData(null, "", "해양수산부", "해양수산부")]
    [InlineData(null, null, "", null)]
    public void Ministry_is_the_boards_own_when_no_page_states_one(string? onPage, string? inList, string? ofBoard, string? expected)
    {
        var board = BoardParsers.Plain();
        board.DefaultMinistry = ofBoard;
        var fields = onPage is null ? "" : $"<tr><th>소관부처</th><td>{onPage}</td></tr>";
        var detail = DetailPage.Read($"<div class='board_view'><h3>공고</h3><table class='info'>{fields}</table></div>", board.Detail)!;
        var row = new ListRow { Place = "", Title = "", Address = new("https://board.example/v?id=1"), Ministry = inList };

        Assert.Equal(expected, AnnouncementComposer.Compose(Agency.IITP, row, detail, board, TimeProvider.System.GetUtcNow()).Ministry);
    }
}
