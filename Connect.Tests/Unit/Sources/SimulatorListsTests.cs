using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.AgencySimulator.Boards;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources;

/// <summary>The markup of the simulator's lists is that of the real boards.</summary>
public sealed class SimulatorListsTests
{
    private static readonly string[] Statuses = ["마감", "접수예정", "접수중"];

    private readonly BoardStore _store = new(
        Options.Create(new SimulatorOptions { Announcements = 400 }), new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Ntis_has_the_number_only_in_the_call_of_a_script()
    {
        var (page, rows) = Page(Board.NTIS);
        using var document = Html.Parse(NtisPages.List(page));

        var cells = document.QuerySelectorAll("tbody tr").Select(row => row.QuerySelectorAll("td").ToList()).ToList();
        Assert.Equal(rows.Count, cells.Count);
        Assert.Equal(["", "순번", "현황", "공고명", "부처명", "접수일", "마감일", "D-day"], document.QuerySelectorAll("thead th").Select(Html.Line));
        Assert.Equal(Statuses, cells.Select(row => Html.Line(row[2].QuerySelector("span[style]"))).Distinct().Order(StringComparer.Ordinal));
        foreach (var (row, announcement) in cells.Zip(rows))
        {
            Assert.Equal([null, "순번", "현황", "공고명", "부처명", "접수일", "마감일", "D-day"], row.Select(cell => cell.GetAttribute("data-title")));
            Assert.Equal($"{announcement.Id}", row[0].QuerySelector("input[name=selectCheckList]")!.GetAttribute("value"));
            var link = row[3].QuerySelector("div > a")!;
            Assert.Equal("/ntis/rndgate/eg/un/ra/view.do", link.GetAttribute("href"));
            Assert.Equal($"javascript:fn_view('{announcement.Id}'); return false;", link.GetAttribute("onclick"));
            Assert.Equal(announcement.Title, link.GetAttribute("title"));
        }
    }

    [Fact]
    public void Feed_of_ntis_has_elements_of_its_own()
    {
        var (page, rows) = Page(Board.NTIS);
        var items = XDocument.Parse(NtisFeed.Write(page)).Root!.Element("channel")!.Elements("item").ToList();

        Assert.Equal(
            ["title", "link", "author", "category", "pubDate", "rNum", "totCnt", "appbegin", "appdue", "budget"], items[0].Elements().Select(element => element.Name.LocalName));
        foreach (var (item, row) in items.Zip(rows))
        {
            Assert.Equal((row.Title, row.Ministry, row.Agency), (Text(item, "title"), Text(item, "author"), Text(item, "category")));
            Assert.Equal($"/ntis/rndgate/eg/un/ra/view.do?roRndUid={row.Id}", Text(item, "link"));
            Assert.Equal(row.Deadline.Last?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Text(item, "appdue"));
            Assert.Contains(Text(item, "budget"), (string[])["0", $"{row.Budget.Won}"]);
        }

        Assert.All(items, item => Assert.Matches(@"^\d{4}\.\d\d\.\d\d$", Text(item, "pubDate")));

        static string Text(XElement item, string name) => item.Element(name)!.Value;
    }

    [Fact]
    public void Tipa_has_two_tables_and_rows_without_an_address()
    {
        var own = _store.Current.On(Board.TIPA);
        var mixed = new TipaPages().RowsOf(_store.Current, "", _store.Now);
        Assert.Equal(own.Count, new TipaPages().RowsOf(_store.Current, "smtech", _store.Now).Count);
        Assert.Equal(own, Enumerable.Range(0, mixed.Count).Select(mixed.At).Where(row => row.Board == Board.TIPA));
        Assert.Equal(own.Count + Math.Min(own.Count, _store.Current.On(Board.IRIS).Count), mixed.Count);

        var rows = Enumerable.Range(0, mixed.Count).Select(index => _store.Write(mixed.At(index))).ToList();
        using var document = Html.Parse(TipaPages.List(SimulatorPages.Page(_store.Now, rows) with { Number = 3 }));

        Assert.Equal(2, document.QuerySelectorAll("table.tbl_base.tbl_type01").Length);
        Assert.Equal(["번호", "시스템구분", "사업명", "제목", "접수기간", "공고일", "상태"], document.QuerySelectorAll("div.right table.tbl_base.tbl_type01 thead th").Select(Html.Line));
        foreach (var (row, announcement) in document.QuerySelectorAll("div.right tbody tr").Zip(rows))
        {
            var (cells, isOwn) = (row.QuerySelectorAll("td"), announcement.Board == Board.TIPA);
            Assert.Equal(isOwn ? "SMTECH" : "IRIS", Html.Line(cells[1]));
            var address = cells[3].QuerySelector("a")!.GetAttribute("href")!;
            Assert.True(isOwn
                ? address.EndsWith($"ancmId={announcement.Id}&dtlAncmSn=1&pageIndex=3&searchCondition=&searchKeyword=", StringComparison.Ordinal)
                : address == "javascript:goMove()");
            Assert.Contains(cells[6].QuerySelector("img")!.GetAttribute("alt")!, Statuses);
        }
    }

    [Fact]
    public void Kimst_leads_to_iris_and_shows_no_status()
    {
        var (page, rows) = Page(Board.KIMST);
        using var document = Html.Parse(KimstPages.List(page));

        Assert.Equal(["공고번호", "공고명", "공고시작일", "접수기간"], document.QuerySelectorAll("table.table.table-list thead th").Select(Html.Line));
        Assert.Equal(
            rows.Select(row => $"/iris/contents/retrieveBsnsAncmView.do?ancmId=0{row.Id}&ancmPrg={Part(row.PhaseAt(page.Now))}"),
            document.QuerySelectorAll("tbody td.text-left > a[target=_blank]").Select(link => link.GetAttribute("href")));
        Assert.NotEmpty(document.QuerySelectorAll("a[href*=';jsessionid=']"));
        Assert.All(document.QuerySelectorAll(".pagination a"), link => Assert.Equal("#", link.GetAttribute("href")));
    }

    [Fact]
    public void Keit_shows_blocks_with_badges()
    {
        var (page, rows) = Page(Board.KEIT);
        using var document = Html.Parse(KeitPages.List(page));

        var blocks = document.QuerySelectorAll("div.table_box > div.table_box_wrap").ToList();
        Assert.Equal(rows.Count, blocks.Count);
        foreach (var (block, announcement) in blocks.Zip(rows))
        {
            var link = block.QuerySelector(":scope > div.table_box_detail > p.subject > a[href='#']")!;
            Assert.Equal($"f_detail('I{announcement.Id}', '{announcement.Published.Year}'); return false;", link.GetAttribute("onclick"));
            Assert.Equal(announcement.Title, Html.Line(link.QuerySelector(":scope > span.title")));
            Assert.Equal(["접수기간", "등록일"], block.QuerySelectorAll("div.info > p > span.label").Select(Html.Line));
            Assert.Contains(Html.Line(block.QuerySelector("p.banner > span.badge")), Statuses);
            Assert.NotNull(block.QuerySelector("p.no ~ div.table_box_btn > span.badge"));
        }

        Assert.Contains(blocks, block => block.QuerySelector("p.subject span.badge") is not null);
        Assert.Contains(blocks, block => block.QuerySelector("p.subject span.badge") is null);
    }

    [Fact]
    public void Iitp_lists_data_and_no_rows_on_its_page()
    {
        var (page, rows) = Page(Board.IITP);
        using var shell = Html.Parse(IitpPages.Shell(page));
        using var data = JsonDocument.Parse(IitpPages.List(page));

        Assert.Empty(shell.QuerySelector("div.board_list_area ul.list")!.Children);
        Assert.Equal(["list", "pagination"], data.RootElement.EnumerateObject().Select(property => property.Name));
        var list = data.RootElement.GetProperty("list").EnumerateArray().ToList();
        Assert.Equal(["id", "title", "receipt_begin_date", "receipt_end_date"], list[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(rows.Select(row => ($"{row.Id}", row.Title)), list.Select(row => (row.GetProperty("id").GetString()!, row.GetProperty("title").GetString()!)));
        Assert.Equal((rows.Count + 9) / 10, data.RootElement.GetProperty("pagination").GetProperty("totalpage").GetInt32());
    }

    [Fact]
    public void Iris_lists_the_same_as_data_and_as_html()
    {
        var (page, rows) = Page(Board.IRIS);
        using var document = Html.Parse(IrisPages.List(page));
        using var data = JsonDocument.Parse(IrisData.List(page));

        var list = data.RootElement.GetProperty("listBsnsAncmBtinSitu").EnumerateArray().ToList();
        Assert.Equal(
            [
                "ancmId", "sorgnId", "rcveStrDe", "rcveEndDe", "dDay", "sorgnNm", "ancmTl", "ancmNo", "blngGovdSeNm", "blngGovdSe", "budJuriGovdSe", "ancmDe",
                "pbofrTpSeNmLst", "rcveSttSeNmLst", "pbofrTpSeLst", "rcveStt",
            ],
            list[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal((rows.Count + 9) / 10, data.RootElement.GetProperty("paginationInfo").GetProperty("totalPageCount").GetInt32());
        Assert.Single(list, row => row.GetProperty("rcveEndDe").GetString() == "9999.12.31");
        var items = document.QuerySelectorAll("ul.dbody > li").ToList();
        Assert.Equal(
            list.Select(row => $"f_bsnsAncmBtinSituListForm_view('{row.GetProperty("ancmId")}','"),
            items.Select(item => item.QuerySelector("strong.title a[href='']")!.GetAttribute("onclick")![..44]));
        Assert.Equal(
            list.Select(row => $"{row.GetProperty("blngGovdSeNm")} > {row.GetProperty("sorgnNm")}"), items.Select(item => Html.Line(item.QuerySelector("span.inst_title"))));
        Assert.Equal(
            list.Select(row => row.GetProperty("rcveSttSeNmLst").GetString()),
            items.Select(item => Html.Line(item.QuerySelector(".etc_info span.rcveSttSeNmLst"))["공고상태 :".Length..].Trim()));
    }

    [Fact]
    public void Iris_shows_test_rows_only_on_top_of_what_is_open()
    {
        var pages = new IrisPages();

        var shown = ((string[])["ancmIng", "ancmPre", "ancmEnd"]).ToDictionary(part => part, part => pages.RowsOf(_store.Current, part, _store.Now));

        Assert.Equal(_store.Current.On(Board.IRIS).Count + 2, shown.Values.Sum(rows => rows.Count));
        Assert.Equal(["TEST", "(TEST)"], Enumerable.Range(0, 2).Select(index => _store.Write(shown["ancmIng"].At(index)).Title.Split(' ')[0]));
        foreach (var (part, rows) in shown)
        {
            Assert.All(Enumerable.Range(0, rows.Count), index => Assert.Equal(part, Part(rows.At(index).PhaseAt(_store.Now))));
        }

        Assert.Null(_store.Current.Find(Board.IRIS, shown["ancmIng"].At(0).Id));
    }

    private static string Part(Phase phase) => phase switch
    {
        Phase.Upcoming => "ancmPre",
        Phase.Open => "ancmIng",
        _ => "ancmEnd",
    };

    private (PageOf Page, List<Announcement> Rows) Page(Board board)
    {
        var rows = _store.Current.On(board).Select(_store.Write).ToList();
        return (SimulatorPages.Page(_store.Now, rows), rows);
    }
}
