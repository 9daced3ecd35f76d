using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class ListParsersTests
{
    private static readonly Uri Ntis = new("https://ntis.example/rndgate/eg/un/ra/mng.do");
    private static readonly Uri Tipa = new("https://tipa.example/front/ifg/no/notice02_list.do;jsessionid=FF?x=1");

    [Fact]
    public void Ntis_rows_are_read_and_bad_ones_reported_when_a_page_has_both()
    {
        var page = BoardParsers.List(Agency.NTIS, PageFiles.Read("ntis-list.html"), Ntis, 1);

        Assert.True(page.HasNext);
        Assert.Equal(6, page.Rows.Length);
        var first = page.Rows[0].Row!;
        Assert.Equal("2025년도 수소 연료전지 기술개발사업 공고", first.Title);
        Assert.Equal("https://ntis.example/rndgate/eg/un/ra/view.do?roRndUid=900001&flag=rndList", first.Address.AbsoluteUri);
        Assert.Equal(("접수중", "산업통상자원부", "2025.03.01", "2025.04.15"), (first.Status, first.Ministry, first.Start, first.Deadline));
        var second = page.Rows[1].Row!;
        Assert.Equal("지난 공고", second.Title);
        Assert.Equal("https://ntis.example/rndgate/eg/un/ra/view.do?roRndUid=900002&flag=rndList", second.Address.AbsoluteUri);
        Assert.Equal("", page.Rows[5].Row!.Deadline);
        Assert.Equal(
            [
                new RowError("page 1, row 3", "no link to a detail page"),
                new RowError("page 1, row 4", "4 columns instead of 8"),
                new RowError("page 1, row 5", "no link to a detail page"),
            ],
            page.Rows.Where(row => row.Error is not null).Select(row => row.Error!));
    }

    [Fact]
    public void Tipa_rows_are_read_when_another_table_has_their_class_and_their_state_is_an_image()
    {
        var page = BoardParsers.List(Agency.TIPA, PageFiles.Read("tipa-list.html"), Tipa, 2);

        Assert.False(page.HasNext);
        Assert.Equal(2, page.Rows.Length);
        var row = page.Rows[0].Row!;
        Assert.Equal("https://tipa.example/front/ifg/no/notice02_detail.do?ancmId=S02&dtlAncmSn=1", row.Address.AbsoluteUri);
        Assert.Equal(("디딤돌 첫걸음 공고", "접수중", "2026-09-01", "2026. 09. 01 ~ 2026. 09. 30"), (row.Title, row.Status, row.Published, row.Deadline));
        Assert.Equal("2 columns instead of 7", page.Rows[1].Error!.Reason);
    }

    [Fact]
    public void Keit_blocks_are_read_when_badges_stand_in_front_of_their_titles()
    {
        var page = BoardParsers.List(Agency.KEIT, PageFiles.Read("keit-list.html"), new("https://keit.example/a/list.do?prgmId=1"), 1);

        Assert.True(page.HasNext);
        var row = page.Rows[0].Row!;
        Assert.Equal(("공정 장비 공고", "접수중", "2026-02-06", "2026-02-06 09:00 ~ 2026-04-08 18:00"), (row.Title, row.Status, row.Published, row.Deadline));
        Assert.Equal("https://keit.example/srome/biz/perform/opnnPrpsl/retrieveTaskAnncmInfoView.do?ancmId=I1&bsnsYy=2026&prgmId=XPG201040000", row.Address.AbsoluteUri);
        Assert.NotNull(page.Rows[1].Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body><main>새 누리집</main></body></html>")]
    [InlineData("<table><thead><tr><th>이름</th></tr></thead><tbody><tr><td>값</td><td>값</td></tr></tbody></table>")]
    [InlineData("not html at all \0 <<<<")]
    public void Lists_are_refused_when_their_layout_is_another_one(string page)
    {
        Assert.Throws<BoardException>(() => BoardParsers.List(Agency.NTIS, page, Ntis, 1));
        Assert.Throws<BoardException>(() => BoardParsers.List(BoardParsers.Plain(), page, Tipa, 1));
        Assert.Throws<BoardException>(() => BoardParsers.List(Agency.KEIT, page, Tipa, 1));
    }

    [Theory]
    [InlineData("""<a href="#">11</a>""")]
    [InlineData("""<a href="#" onclick="fn_egov_link_page(11); return false;">[다음]</a>""")]
    [InlineData("""<a href="javascript:fn_x( '11' );"><img alt="다음"></a>""")]
    [InlineData("""<a href="#" onclick="goPage(11, 10)">다음</a>""")]
    [InlineData("""<a href="list.do;jsessionid=AB.node1?pageIndex=11">다음</a>""")]
    [InlineData("""<a href="list.do?prgmId=XPG201040000&amp;pageUnit=10&amp;PageIndex=11#list">다음</a>""")]
    [InlineData("""<a href="?page=1&amp;page=11">다음</a>""")]
    [InlineData("""<a href="?cPage=11">다음</a>""")]
    [InlineData("""<a href="?currentPageNo=999999">마지막</a>""")]
    [InlineData("""<a href="?page=1">처음</a><a class="next" href="?page=11">다음</a>""")]
    public void Pager_names_a_later_page_when_only_its_link_has_the_number(string links) =>
        Assert.True(NamesLaterPage(links, 10));

    [Theory]
    [InlineData("")]
    [InlineData("""<a>다음</a><a href="">다음</a><a href="#next" onclick="">다음</a>""")]
    [InlineData("""<strong>10</strong><a href="?page=9">9</a><a href="?page=10">마지막</a>""")]
    [InlineData("""<a href="#" onclick="fn_egov_link_page(10); return false;">[다음]</a>""")]
    [InlineData("""<a class="next disabled" href="?page=11">다음</a>""")]
    [InlineData("""<a href="?page=11" aria-disabled="true">11</a>""")]
    [InlineData("""<a href="javascript:void(0);">다음</a>""")]
    [InlineData("""<a href="?pageUnit=50&amp;pageSize=100&amp;perPage=20&amp;roRndUid=900123">50개씩</a>""")]
    [InlineData("""<a href="?page=99999999999999999999">99999999999999999999</a>""")]
    [InlineData("""<a href="?page=20251011">20251011</a>""")]
    [InlineData("""<a href="?page=" onclick="fn_x()">-11</a>""")]
    [InlineData("""<a href="?page=-11" onclick="fn_x(-11)">+11</a>""")]
    [InlineData("""<a href="?page=１１">１１１１１１１</a>""")]
    [InlineData("""<a onclick="fn_x(99999999999999999999)">다음</a>""")]
    public void Pager_names_no_later_page_when_it_has_no_such_number(string links) =>
        Assert.False(NamesLaterPage(links, 10));

    [Fact]
    public void Pager_is_read_quickly_when_its_links_are_hostile()
    {
        var script = string.Concat(Enumerable.Repeat("f(1", 100_000)) + new string('1', 100_000) + new string(' ', 100_000);

        Assert.False(NamesLaterPage($"""<a href="?page={new string('1', 500_000)}" onclick="{script}">다음</a>""", 10));
    }

    private static bool NamesLaterPage(string links, int page)
    {
        using var document = Html.Parse($"""<div class="paging">{links}</div>""");
        return ListPage.NamesLaterPage(document, ".paging", page);
    }
}
