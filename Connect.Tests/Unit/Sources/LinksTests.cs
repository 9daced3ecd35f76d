using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class LinksTests
{
    [Theory]
    [InlineData("view.do;jsessionid=AA.b1?id=1", "https://board.example/a/view.do?id=1")]
    [InlineData("./view.do?JSESSIONID=AA&id=1", "https://board.example/a/view.do?id=1")]
    [InlineData("/view.do?id=1&PHPSESSID=3f", "https://board.example/view.do?id=1")]
    [InlineData("/view.do?sid=1&jsessionid=2&id=1", "https://board.example/view.do?sid=1&id=1")]
    [InlineData("/view.do?sid=1&jsessionid=2", "https://board.example/view.do?sid=1")]
    [InlineData("/view.do?id=1&sid=9f86d081884c7d659a2feaa0c55ad015", "https://board.example/view.do?id=1")]
    [InlineData("/view.do?sid=9f86d081884c7d659a2feaa0c55ad015", "https://board.example/view.do?sid=9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("/view.do?ancmId=S1&dtlAncmSn=2&pageIndex=3&searchCondition=&searchKeyword=", "https://board.example/view.do?ancmId=S1&dtlAncmSn=2")]
    [InlineData("/view.do?rnum=14&bno=7&cPage=2&page=1&pagenum=9&pageUnit=10&currentPageNo=4", "https://board.example/view.do?bno=7")]
    [InlineData("?type=view&bno=7&searchWrd=%EA%B3%B5&pageNo=", "https://board.example/a/list.do?type=view&bno=7")]
    [InlineData("/view.do?page=view&id=7", "https://board.example/view.do?page=view&id=7")]
    [InlineData("/view.do?page=7", "https://board.example/view.do?page=7")]
    [InlineData("/view.do?searchKeyword=&page=7", "https://board.example/view.do?searchKeyword=&page=7")]
    [InlineData("/view.do?research=7&pageant=1", "https://board.example/view.do?research=7&pageant=1")]
    [InlineData("?id=1#top", "https://board.example/a/list.do?id=1")]
    [InlineData("view.do?side=1", "https://board.example/a/view.do?side=1")]
    public void Link_is_absolute_and_without_session_when_it_is_resolved(string href, string expected)
    {
        Assert.True(Links.TryResolve(new("https://board.example/a/list.do"), href, out var address));
        Assert.Equal(expected, address.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("javascript:fn_view(1)")]
    [InlineData("JavaScript:fn_view(1)")]
    [InlineData("mailto:a@b.example")]
    public void Link_is_none_when_it_leads_to_no_page(string? href) =>
        Assert.False(Links.TryResolve(new("https://board.example/a/list.do"), href, out _));

    [Fact]
    public void Link_is_published_under_the_public_address_when_there_is_one()
    {
        var options = new BoardOptions { BaseAddress = new("https+http://agency-simulator"), PublicAddress = new("http://localhost:5190") };

        Assert.Equal("http://localhost:5190/a?b=1", Links.ToPublic(new("https+http://agency-simulator/a?b=1"), options));
    }
}
