using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class DetailAddressTests
{
    private const string Path = "/c/view.do?id={0}&state=open";

    [Theory]
    [InlineData("https://board.example/c/view.do?id=7", "https://board.example/c/view.do?id=7&state=open")]
    [InlineData("https://board.example/c/view.do?state=over&page=3&id=7#top", "https://board.example/c/view.do?id=7&state=open")]
    [InlineData("https://BOARD.example:443/c/view.do?id=%EA%B0%80", "https://board.example/c/view.do?id=%EA%B0%80&state=open")]
    [InlineData("https://board.example/c/view.do?ID=7", "https://board.example/c/view.do?id=7&state=open")]
    [InlineData("https://board.example/c/view.do?id=", null)]
    [InlineData("https://board.example/c/view.do", null)]
    [InlineData("https://board.example/c/other.do?id=7", null)]
    [InlineData("https://elsewhere.example/c/view.do?id=7", null)]
    [InlineData("http://board.example/c/view.do?id=7", null)]
    public void Link_is_brought_into_the_boards_form(string link, string? expected) =>
        Assert.Equal(expected, DetailAddress.Of(new(link), Board("https://board.example", Path))?.AbsoluteUri);

    [Fact]
    public void Form_is_below_the_boards_own_path() => Assert.Equal(
        "https+http://agency-simulator/acme/c/view.do?id=7&state=open",
        DetailAddress.Of(new("https+http://agency-simulator/acme/c/view.do?state=over&id=7"), Board("https+http://agency-simulator/acme", Path))?.AbsoluteUri);

    [Theory]
    [InlineData(null)]
    [InlineData("/c/{0}.do")]
    public void Link_stays_as_it_is_when_the_board_has_no_such_form(string? path) =>
        Assert.Null(DetailAddress.Of(new("https://board.example/c/7.do?x=1"), Board("https://board.example", path)));

    [Theory]
    [InlineData("https://www.iris.go.kr/contents/retrieveBsnsAncmView.do?ancmPrg=ancmEnd&ancmId=012934", "IRIS", "https://www.iris.go.kr/contents/retrieveBsnsAncmView.do?ancmId=012934&ancmPrg=ancmIng")]
    [InlineData("https://www.iris.go.kr/main.do", "KIMST", "https://www.iris.go.kr/main.do")]
    [InlineData("https://www.kimst.re.kr/u/news/notice_01/board.do?type=view&bno=7", "KIMST", "https://www.kimst.re.kr/u/news/notice_01/board.do?type=view&bno=7")]
    public void Page_belongs_to_the_board_that_it_stands_on(string address, string owner, string settled)
    {
        var owners = new PageOwners(Agency.KIMST, BoardParsers.Known("KIMST"), other => BoardParsers.Known(other.ToString()));

        var owned = owners.Of(new(address));

        Assert.Equal((Enum.Parse<Agency>(owner), settled), (owned.Agency, owned.Address.AbsoluteUri));
    }

    private static BoardOptions Board(string address, string? path) => new() { BaseAddress = new(address), ListPath = "/list", DetailPath = path };
}
