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
    [InlineData("http://board.example/x", true)]
    [InlineData("http://board.example:80/x", true)]
    [InlineData("http://board.example:8080/x", false)]
    [InlineData("http://board.example:443/x", false)]
    [InlineData("http://files.example/x", true)]
    [InlineData("http://files.example:8080/x", false)]
    [InlineData("http://user@board.example/x", false)]
    [InlineData("http://elsewhere.example/x", false)]
    [InlineData("ftp://files.example/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Address_is_allowed_only_when_it_is_on_the_list(string address, bool expected) =>
        Assert.Equal(expected, new AllowedHosts(Options).Allows(new(address), Options.BaseAddress!));

    [Theory]
    [InlineData("http://board.example/%EA%B0%80?a=1&b=%2F#c", "https://board.example/%EA%B0%80?a=1&b=%2F#c")]
    [InlineData("http://board.example:80/가", "https://board.example/%EA%B0%80")]
    [InlineData("http://FILES.example", "https://files.example/")]
    [InlineData("https://board.example/x", "https://board.example/x")]
    [InlineData("http://board.example:8080/x", "http://board.example:8080/x")]
    [InlineData("http://user@board.example/x", "http://user@board.example/x")]
    [InlineData("http://elsewhere.example/x", "http://elsewhere.example/x")]
    [InlineData("ftp://board.example/x", "ftp://board.example/x")]
    public void Address_of_a_known_host_is_requested_over_https_when_the_board_is(string address, string expected) =>
        Assert.Equal(new Uri(expected).AbsoluteUri, new AllowedHosts(Options).Secure(new(address), Options.BaseAddress!).AbsoluteUri);

    [Theory]
    [InlineData("http://board.example")]
    [InlineData("https+http://board.example")]
    public void Address_stays_on_http_when_the_board_is_not_on_https(string board) =>
        Assert.Equal(new Uri("http://files.example/x"), new AllowedHosts(Options).Secure(new("http://files.example/x"), new(board)));

    [Theory]
    [InlineData("https://Board.EXAMPLE/x", "board.example:443")]
    [InlineData("http://board.example", "board.example:80")]
    [InlineData("http://127.0.0.1:5190/x?y", "127.0.0.1:5190")]
    [InlineData("https://누리.example/", "xn--od1b68l.example:443")]
    public void Authority_is_host_and_port_when_the_limit_belongs_to_it(string address, string expected) =>
        Assert.Equal(expected, Authority.Of(new(address)));
}
