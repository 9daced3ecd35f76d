using Connect.ScraperWorker.Kept;

namespace Connect.Tests.Unit.Sources.Kept;

public sealed class CleanAddressTests
{
    [Theory]
    [InlineData("/list.do?menu=3&serviceKey=abc&page=2", "/list.do?menu&serviceKey&page")]
    [InlineData("/view.do;jsessionid=ABC123?id=7#top", "/view.do?id")]
    [InlineData("https://board.example/view.do?q=홍길동", "https://board.example/view.do?q")]
    [InlineData("https://user:secret@board.example/", "https://board.example/")]
    [InlineData("/files/%ED%99%8D%EA%B8%B8%EB%8F%99.hwp", "/files/***")]
    [InlineData("/files/홍길동.hwp", "/files/***")]
    [InlineData("mailto:kim@keit.re.kr", "mailto:***")]
    [InlineData("TEL:02-123-4567", "TEL:***")]
    [InlineData("data:text/html;base64,AAAA", "data:***")]
    [InlineData("javascript:fn_view('1268336', '홍길동')", "javascript:fn_view('1268336', '***')")]
    [InlineData("#", "#")]
    [InlineData("", "")]
    [InlineData("?", "?")]
    [InlineData("/a?=b&&c", "/a?&c")]
    public void Link_keeps_its_path_and_the_names_of_its_parameters(string link, string kept) => Assert.Equal(kept, CleanAddress.Of(link));

    [Fact]
    public void Parameters_that_name_the_announcement_keep_their_value() =>
        Assert.Equal("/view.do?id=7&key", CleanAddress.Of("/view.do?id=7&key=abc", name => name == "id"));
}
