using Connect.AgencySimulator.Boards;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class SimulatorPagersTests
{
    private static readonly Uri Address = new("https://board.example/list");

    private static readonly (BoardPages Pages, string Pager, Func<string, int, ListPage> Parse)[] Pagers =
    [
        (new NtisPages(), ".pagination", static (page, number) => BoardParsers.List(Agency.NTIS, page, Address, number)),
        (new IitpPages(), ".paging", static (page, number) => BoardParsers.List(Agency.IITP, page, Address, number)),
        (new TipaPages(), ".paging", static (page, number) => BoardParsers.List(Agency.TIPA, page, Address, number)),
        (new KeitPages(), ".page_num", static (page, number) => BoardParsers.List(Agency.KEIT, page, Address, number)),
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
        foreach (var (board, pager, parse) in Pagers)
        {
            var page = board.List(new([], number, pages, pages * board.PageSize), DateTimeOffset.UnixEpoch);

            using var document = Html.Parse(page);
            var shown = document.QuerySelectorAll($"{pager} a, {pager} strong").Select(Html.Line).Where(text => int.TryParse(text, out _));
            Assert.Equal(Enumerable.Range(first, last - first + 1).Select(n => $"{n}"), shown);
            Assert.Equal(number < pages, parse(page, number).HasNext);
        }
    }

    [Fact]
    public void Pagers_lead_to_the_ends_when_there_are_many_pages()
    {
        string[] expected =
        [
            "fn_egov_link_page(1);fn_egov_link_page(10);fn_egov_link_page(21);fn_egov_link_page(200)",
            "page=1;page=10;page=21;page=200",
            "pageIndex=1;pageIndex=10;pageIndex=21;pageIndex=200",
            "pageIndex=1;pageIndex=14;pageIndex=16;pageIndex=200",
        ];
        foreach (var ((board, pager, _), leads) in Pagers.Zip(expected))
        {
            using var document = Html.Parse(board.List(new([], 15, 200, 2_000), DateTimeOffset.UnixEpoch));
            var links = document.QuerySelectorAll($"{pager} a").Where(link => !int.TryParse(Html.Line(link), out _)).ToList();
            Assert.All(links.Zip(leads.Split(';')), pair =>
                Assert.Contains(pair.Second, pair.First.GetAttribute("href") + pair.First.GetAttribute("onclick") + ";", StringComparison.Ordinal));
            Assert.Equal(4, links.Count);
        }
    }

    [Fact]
    public void Kimst_shows_everything_on_one_page() => Assert.Equal(int.MaxValue, new KimstPages().PageSize);
}
