using Connect.AgencySimulator.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class SimulatorPagersTests
{
    private static readonly (Func<PageOf, string> Write, string Pager)[] Pagers =
    [
        (NtisPages.List, ".pagination"),
        (TipaPages.List, ".paging"),
        (KimstPages.List, ".pagination"),
        (KeitPages.List, ".page_num"),
        (IrisPages.List, ".pagination"),
    ];

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 7, 1, 7)]
    [InlineData(7, 7, 1, 7)]
    [InlineData(10, 10, 1, 10)]
    [InlineData(1, 11, 1, 10)]
    [InlineData(10, 11, 1, 10)]
    [InlineData(11, 11, 11, 11)]
    [InlineData(15, 2_000, 11, 20)]
    [InlineData(1_990, 2_000, 1_981, 1_990)]
    [InlineData(2_000, 2_000, 1_991, 2_000)]
    [InlineData(9_999, 12, 11, 12)]
    public void Pager_shows_ten_numbers_when_there_are_more_pages(int number, int pages, int first, int last)
    {
        foreach (var (write, pager) in Pagers)
        {
            using var document = Html.Parse(write(Page(number, pages)));

            var shown = document.QuerySelectorAll($"{pager} a, {pager} strong").Select(Html.Line).Where(text => int.TryParse(text, out _));
            Assert.Equal(Enumerable.Range(first, last - first + 1).Select(n => $"{n}"), shown);
        }
    }

    [Fact]
    public void Pagers_lead_to_the_ends_when_there_are_many_pages()
    {
        string[] expected =
        [
            "fn_egov_link_page(1);fn_egov_link_page(10);fn_egov_link_page(21);fn_egov_link_page(200)",
            "pageIndex=1;pageIndex=10;pageIndex=21;pageIndex=200",
            "fnPage(1);fnPage(10);fnPage(21);fnPage(200)",
            "pageIndex=1;pageIndex=14;pageIndex=16;pageIndex=200",
            "linkPage(10);linkPage(21)",
        ];
        foreach (var ((write, pager), leads) in Pagers.Zip(expected))
        {
            using var document = Html.Parse(write(Page(15, 200)));
            var links = document.QuerySelectorAll($"{pager} a").Where(link => !int.TryParse(Html.Line(link), out _)).ToList();
            Assert.Equal(leads.Split(';').Length, links.Count);
            Assert.All(links.Zip(leads.Split(';')), pair =>
                Assert.Contains(pair.Second, pair.First.GetAttribute("href") + pair.First.GetAttribute("onclick") + ";", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", "?pageIndex=16\"")]
    [InlineData("smtech", "?sysGubun=smtech&amp;pageIndex=16\"")]
    public void Pager_of_tipa_keeps_the_filter_when_there_is_one(string filter, string address) =>
        Assert.Contains(address, TipaPages.List(Page(15, 200) with { Filter = filter }), StringComparison.Ordinal);

    private static PageOf Page(int number, int pages) =>
        new() { Rows = [], Number = number, Size = 10, Total = pages * 10, Now = DateTimeOffset.UnixEpoch };
}
