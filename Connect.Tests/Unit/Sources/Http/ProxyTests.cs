using Connect.ScraperWorker.Crawl.Http;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class ProxyTests
{
    private const string Board = "http://board.example";

    [Fact]
    public async Task Board_is_read_through_the_proxy_only_and_as_politely_as_ever()
    {
        await using var proxy = new LoopbackProxy();
        using var board = new BoardPipeline(null, settings: [("Sources:Proxy", proxy.Address), ("BaseAddress", Board)]);

        Assert.Equal("abc", await board.GetAsync());

        Assert.Equal(["GET http://board.example/robots.txt HTTP/1.1", "GET http://board.example/list HTTP/1.1"], proxy.Requests);
        Assert.Equal(2, board.Limiter.Taken.Count);
    }

    [Fact]
    public async Task Proxy_gets_its_credentials_when_it_asks_for_them()
    {
        await using var proxy = new LoopbackProxy("who:s3cret");
        using var board = new BoardPipeline(
            null,
            settings: [("Sources:Proxy", proxy.Address), ("Sources:ProxyUser", "who"), ("Sources:ProxyPassword", "s3cret"), ("BaseAddress", Board)]);

        Assert.Equal("abc", await board.GetAsync());
    }

    [Fact]
    public async Task Names_are_checked_when_addresses_are_not()
    {
        await using var proxy = new LoopbackProxy(location: "http://elsewhere.example/");
        using var board = new BoardPipeline(null, settings: [("Sources:Proxy", proxy.Address), ("BaseAddress", Board)]);

        Assert.Equal(BoardFailure.Refused, (await board.FailAsync("/moved")).Kind);
        Assert.DoesNotContain(proxy.Requests, line => line.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Certificate_is_the_boards_when_the_proxy_opens_a_tunnel()
    {
        using var certificate = Certificates.Create("other.example");
        await using var proxy = new LoopbackProxy(certificate: certificate);
        using var board = new BoardPipeline(null, settings: [("Sources:Proxy", proxy.Address), ("Retries", "1")]);

        var failure = await board.FailAsync();

        Assert.Equal("CONNECT board.example:443 HTTP/1.1", proxy.Requests[0]);
        Assert.Contains("the TLS handshake with board.example failed: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://proxy:3128", true)]
    [InlineData("https://proxy.example", true)]
    [InlineData("http://10.0.0.1:8080/", true)]
    [InlineData("proxy:3128", false)]
    [InlineData("socks5://proxy:1080", false)]
    [InlineData("/proxy", false)]
    [InlineData("http://who:secret@proxy:3128", false)]
    [InlineData("http://proxy:3128/path", false)]
    public void Address_is_refused_when_it_is_no_proxys_or_holds_secrets(string address, bool expected) => Assert.Equal(
        expected, new CrawlerOptionsValidator().Validate(null, new() { Proxy = new(address, UriKind.RelativeOrAbsolute) }).Succeeded);

    [Fact]
    public async Task Warning_says_what_a_proxy_changes_and_no_secret()
    {
        var logger = new FakeLogger<ProxyWarning>();
        var options = Options.Create(new CrawlerOptions { Proxy = new("http://proxy:3128"), ProxyUser = "who", ProxyPassword = "s3cret" });

        await new ProxyWarning(options, logger).StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            "Boards are read through the proxy http://proxy:3128: it resolves their names, so it has to refuse addresses that are not public",
            Assert.Single(logger.Collector.GetSnapshot()).Message);
    }

    [Fact]
    public async Task Nothing_is_said_when_there_is_no_proxy()
    {
        var logger = new FakeLogger<ProxyWarning>();

        await new ProxyWarning(Options.Create(new CrawlerOptions()), logger).StartAsync(TestContext.Current.CancellationToken);

        Assert.Empty(logger.Collector.GetSnapshot());
    }
}
