using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

/// <summary>Lists as sites really print them. The board is plain: title in the second column, date in the third, status in the fourth.</summary>
public sealed class ListStatesTests
{
    private const string Head = "<table><thead><tr><th>번호</th><th>제목</th><th>등록일</th><th>상태</th></tr></thead><tbody>";

    private static readonly Uri Address = new("https://board.example/a/list.do");

    [Theory]
    [InlineData("<tr><td>1<td><a href=/v?id=1>공고</a><td>2026-03-01<td>접수중")]
    [InlineData("<TR><TD>1</TD><TD><A HREF='/v?id=1'>공고</A></TD><TD>2026-03-01</TD><TD>접수중</TD></TR>")]
    [InlineData("<tr><th scope='row'>1</th><td><a href='/v?id=1'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr>")]
    [InlineData("<tr><td>1</td><th scope='row'><a href='/v?id=1'>공고</a></th><td>2026-03-01</td><td>접수중</td></tr>")]
    [InlineData("<tr><td><table><tr><td>새</td><td>1</td></tr></table></td><td><a href='/v?id=1'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr>")]
    [InlineData("<tr><td>1</td><td><!-- <a href='/v?id=9'>옛 공고</a> --><a href='/v?id=1'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr>")]
    [InlineData("<!-- <tr><td>9</td><td><a href='/v?id=9'>옛 공고</a></td></tr> --><tr><td>1</td><td><a href='/v?id=1'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr>")]
    [InlineData("<tr><td>1</td><td>&nbsp;<a href='#none'>[분야]</a>&nbsp;<a href='/v?id=1'>&nbsp;공고&#160;</a></td><td>&nbsp;2026-03-01</td><td>접수중&nbsp;</td></tr>")]
    [InlineData("<tr><td>1</td><td><a href=' /v?\n\tid=1 '>공&#44256;</a></td><td>2026-03-01</td><td>접수중</td></tr>")]
    [InlineData("<tr><td>1</td><td><a href='/v?id=1'>공고</a></td><td colspan='2'>2026-03-01</td></tr>", "2026-03-01")]
    [InlineData("<tr><td>1</td><td><a href='/v?id=1'>공고</a></td><td>2026-03-01</td></tr>", null)]
    [InlineData("<form><tr><td>1</td><td><a href='/v?id=1'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr></form>")]
    [InlineData("</tbody><tbody><tr><td>1</td><td><a href='/v?id=1'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr></tbody><tfoot><tr><td>합계</td><td>1</td></tr></tfoot>")]
    public void Row_is_read_when_its_markup_is_odd(string rows, string? status = "접수중")
    {
        var row = Assert.Single(Read(Head + rows + "</tbody></table>")).Row!;

        Assert.Equal(("공고", "https://board.example/v?id=1", "2026-03-01", status), (row.Title, row.Address.AbsoluteUri, row.Published, row.Status));
    }

    [Fact]
    public void Pinned_rows_are_rows_when_their_cells_span_others()
    {
        var rows = Read(Head + """
            <tr><td rowspan="2">공지</td><td><a href="/v?id=1">하나</a></td><td>2026-03-01</td><td>접수중</td></tr>
            <tr><td><a href="/v?id=2">둘</a></td><td>2026-03-02</td><td>마감</td></tr>
            <tr><td>3</td><td><a href="/v?id=3">셋</a></td><td>2026-03-03</td><td>접수중</td></tr>
            <tr><td colspan="4">다음 글이 없습니다.</td></tr>
            </tbody></table>
            """);

        Assert.Equal(
            [("하나", "2026-03-01", "접수중"), ("둘", "2026-03-02", "마감"), ("셋", "2026-03-03", "접수중")],
            rows.Select(row => (row.Row!.Title, row.Row.Published!, row.Row.Status!)));
    }

    [Theory]
    [InlineData("<tr><td colspan='1000000000' rowspan='65534'>1</td><td><a href='/v?id=1'>공고</a></td></tr>")]
    [InlineData("<tr><td colspan='-1' rowspan='x'>1</td><td><a>공고</a></td><td>2026-03-01</td></tr>")]
    [InlineData("<tr><td>1</td></tr>")]
    public void Row_costs_only_itself_when_its_cells_make_no_sense(string row)
    {
        var rows = Read(Head + "<tr><td>2</td><td><a href='/v?id=2'>공고</a></td><td>2026-03-01</td><td>접수중</td></tr>" + row + "</tbody></table>");

        Assert.NotNull(rows[0].Row);
        Assert.Null(rows[1].Row);
        Assert.NotNull(rows[1].Error);
    }

    [Fact]
    public void Table_is_the_inner_one_when_a_page_is_laid_out_by_tables()
    {
        var rows = Read("""
            <table><tr><td><table><tr><td>메뉴</td><td>제목</td><td><table><tr><td>x</td></tr></table></td></tr></table>
            <table><tr><td colspan="4">전체 1건</td></tr>
            <tr><td>번호</td><td>제&nbsp;목</td><td>등 록 일</td><td>상태</td></tr>
            <tr><td>1</td><td><a href="/v?id=1">공고</a></td><td>2026-03-01</td><td>접수중</td></tr></table></td></tr></table>
            """);

        Assert.Equal("공고", Assert.Single(rows).Row!.Title);
    }

    [Fact]
    public void Headings_belong_together_when_they_stand_in_two_rows()
    {
        var rows = Read("""
            <table><thead><tr><th rowspan="2">번호</th><th rowspan="2">제목</th><th colspan="2">진행</th></tr><tr><th>등록일</th><th>상태</th></tr></thead>
            <tbody><tr><td>1</td><td><a href="/v?id=1">공고</a></td><td>2026-03-01</td><td>접수중</td></tr></tbody></table>
            """);

        Assert.Equal("접수중", Assert.Single(rows).Row!.Status);
    }

    [Theory]
    [InlineData("<base href='/b/c/'>", "v.do?id=1", "https://board.example/b/c/v.do?id=1")]
    [InlineData("<base target='_self'><base href='https://other.example/x/'>", "v.do?id=1", "https://other.example/x/v.do?id=1")]
    [InlineData("<base href='javascript:void(0)'>", "v.do?id=1", "https://board.example/a/v.do?id=1")]
    [InlineData("", "v.do?id=1", "https://board.example/a/v.do?id=1")]
    public void Links_are_relative_to_the_base_when_the_page_has_one(string head, string href, string expected) =>
        Assert.Equal(expected, Assert.Single(Read($"{head}{Head}<tr><td>1</td><td><a href='{href}'>공고</a></td><td>2026-03-01</td></tr></tbody></table>")).Row!.Address.AbsoluteUri);

    [Theory]
    [InlineData("<tr><td>1</td><td><a href='#none' onclick=\"fn_view('7')\">공고</a></td><td>2026-03-01</td></tr>")]
    [InlineData("<tr><td>1</td><td><a href='/a/list.do' onclick=\"fn_view('7'); return false;\">공고</a></td><td>2026-03-01</td></tr>")]
    [InlineData("<tr><td>1</td><td><a href=\"javascript:fn_view(&#39;7&#39;);\">공고</a></td><td>2026-03-01</td></tr>")]
    [InlineData("<tr><td>1</td><td><span onclick=\"fn_view('7')\">공고</span></td><td>2026-03-01</td></tr>")]
    [InlineData("<tr><td>1</td><td onclick=\"fn_view('7')\">공고</td><td>2026-03-01</td></tr>")]
    [InlineData("<tr onclick=\"fn_view('7')\"><td>1</td><td>공고</td><td>2026-03-01</td></tr>")]
    [InlineData("<tr><td>1</td><td><a href='/a/view.do?id=7'>공고</a></td><td>2026-03-01</td></tr>")]
    public void Row_leads_to_a_page_when_its_link_is_a_script_call(string row)
    {
        var board = BoardParsers.Plain();
        (board.DetailCall, board.DetailPath) = ("fn_view", "/a/view.do?id={0}");

        var read = Assert.Single(BoardParsers.List(board, Head + row + "</tbody></table>", Address, 1).Rows).Row!;

        Assert.Equal(("공고", "https://board.example/a/view.do?id=7"), (read.Title, read.Address.AbsoluteUri));
    }

    [Fact]
    public void Blocks_are_read_when_their_facts_are_definitions_or_lines()
    {
        var board = BoardParsers.Plain();
        (board.Shape, board.Blocks) = (BoardShape.Blocks, new() { List = ".ancm_list", Item = ".ancm_item", Link = ".subject a", Fields = "dt, li" });

        var page = BoardParsers.List(board, """
            <div class="ancm_list">
            <div class="ancm_item"><p class="subject"><a href="/v?id=1">하나</a><dl><dt>공고일<dd>2026-03-01<dt>상태<dd>마감</dl></div>
            <div class="ancm_item"><p class="subject"><a href="/v?id=2">둘</a></p><ul><li>등록일 : 2026-03-02<li>신청기간 : 2026-03-05 ~ 2026-04-05</ul></div>
            </div>
            """, Address, 1);

        Assert.Equal(
            [("하나", "2026-03-01", "마감", null), ("둘", "2026-03-02", null, "2026-03-05 ~ 2026-04-05")],
            page.Rows.Select(row => (row.Row!.Title, row.Row.Published, row.Row.Status, row.Row.Deadline)));
    }

    [Theory]
    [InlineData("<script>alert('점검 중입니다.');history.back();</script>")]
    [InlineData("<script>location.href='/login.do';</script>")]
    [InlineData("<html><head><meta http-equiv='refresh' content='0;url=/new/'></head><body></body></html>")]
    [InlineData("<frameset><frame src='/list.do'></frameset>")]
    [InlineData("<table><thead><tr><th>제목</th><th>등록일</th></tr></thead>", true)]
    [InlineData("<!-- <table><thead><tr><th>제목</th><th>등록일</th></tr></thead></table>")]
    [InlineData("<textarea><table><thead><tr><th>제목</th><th>등록일</th></tr></thead></table>")]
    public void List_is_lost_when_the_page_has_no_table(string page, bool isThere = false)
    {
        var failure = Record.Exception(() => Read(page));

        Assert.Equal(isThere ? null : BoardFailure.LayoutLost, (failure as BoardException)?.Kind);
    }

    private static List<ListRowResult> Read(string page) => [.. BoardParsers.List(BoardParsers.Plain(), page, Address, 1).Rows];
}
