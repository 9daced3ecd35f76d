using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class AllowedHostsTests
{
    private static readonly BoardOptions Options = new() { BaseAddress = new("https://board.example"), ListPath = "/list", AllowedHosts = { "files.example" } };

    [Theory]
    [InlineData("https://board.example/x", true)]
    [InlineData("https://files.example/x", true)]
    [InlineData("https://FILES.example/x", true)]
    [InlineData("https://board.example:8443/x", false)]
    [InlineData("https://board.example.evil.example/x", false)]
    [InlineData("https://user@board.example/x", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("https://0x7f.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("http://board.example/x", false)]
    [InlineData("http://files.example/x", false)]
    [InlineData("ftp://files.example/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Address_is_allowed_only_when_it_is_on_the_list(string address, bool expected) =>
        Assert.Equal(expected, new AllowedHosts(Options).Allows(new(address), Options.BaseAddress!));

    [Theory]
    [InlineData("https://Board.EXAMPLE/x", "board.example:443")]
    [InlineData("http://board.example", "board.example:80")]
    [InlineData("http://127.0.0.1:5190/x?y", "127.0.0.1:5190")]
    [InlineData("https://누리.example/", "xn--od1b68l.example:443")]
    public void Authority_is_host_and_port_when_the_limit_belongs_to_it(string address, string expected) =>
        Assert.Equal(expected, Authority.Of(new(address)));
}
