using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using Connect.ScraperWorker.Sources;
using Connect.ScraperWorker.Sources.Http;
using Connect.ScraperWorker.Sources.Pages;

namespace Connect.Tests.Unit.Sources;

public sealed class HttpTests
{
    private static readonly SourceOptions Options = new() { BaseAddress = new("https://board.example"), ListPath = "/list", AllowedHosts = { "files.example" } };

    [Theory]
    [InlineData("https://board.example/x", true)]
    [InlineData("https://files.example/x", true)]
    [InlineData("https://FILES.example/x", true)]
    [InlineData("https://board.example:8443/x", false)]
    [InlineData("https://board.example.evil.example/x", false)]
    [InlineData("https://user@board.example/x", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("http://board.example/x", false)]
    [InlineData("http://files.example/x", false)]
    [InlineData("ftp://files.example/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Address_is_allowed_only_when_it_is_on_the_list(string address, bool expected) =>
        Assert.Equal(expected, new AllowedHosts(Options).Allows(new(address), Options.BaseAddress!));

    [Fact]
    public async Task Redirects_are_followed_when_they_stay_on_the_list()
    {
        using var client = Client(request => request.RequestUri!.AbsolutePath switch
        {
            "/list" => Redirect("/second"),
            "/second" => Redirect("https://files.example/third"),
            "/third" => Page("끝"),
            _ => throw new InvalidOperationException($"unexpected {request.RequestUri}"),
        });

        var page = await new BoardClient(client, Options).GetAsync(new("https://board.example/list"), TestContext.Current.CancellationToken);

        Assert.Equal("끝", page);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("http://board.example/list")]
    [InlineData("/again")]
    public async Task Redirects_are_refused_when_they_leave_the_list_or_never_end(string location)
    {
        using var client = Client(_ => Redirect(location));

        await Assert.ThrowsAsync<BoardException>(() =>
            new BoardClient(client, Options).GetAsync(new("https://board.example/list"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_is_refused_when_it_is_too_large()
    {
        using var client = Client(_ => new(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(new byte[CheckedRedirectHandler.MaxBytes + 1])) });

        await Assert.ThrowsAsync<BoardException>(() =>
            new BoardClient(client, Options).GetAsync(new("https://board.example/list"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Page_is_nothing_when_it_is_gone()
    {
        using var client = Client(_ => new(HttpStatusCode.NotFound));

        Assert.Null(await new BoardClient(client, Options).GetAsync(new("https://board.example/list"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("euc-kr", null, 949)]
    [InlineData("EUC-KR", null, 949)]
    [InlineData(null, "<meta charset=\"euc-kr\">", 949)]
    [InlineData(null, "<meta http-equiv='Content-Type' content='text/html; charset=KS_C_5601-1987'>", 949)]
    [InlineData(null, "", 949)]
    [InlineData("utf-8", null, 65001)]
    [InlineData(null, "<meta charset=utf-8>", 65001)]
    [InlineData(null, null, 65001)]
    public void Page_is_decoded_when_it_is_korean_in_any_of_the_usual_ways(string? header, string? meta, int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = $"<html><head>{meta}</head><body>해양수산 똠방각하</body></html>";

        Assert.Equal(text, PageEncoding.Decode(Encoding.GetEncoding(codePage).GetBytes(text), header));
    }

    [Theory]
    [InlineData("view.do;jsessionid=AA.b1?id=1", "https://board.example/a/view.do?id=1")]
    [InlineData("./view.do?JSESSIONID=AA&id=1", "https://board.example/a/view.do?id=1")]
    [InlineData("/view.do?id=1&PHPSESSID=3f", "https://board.example/view.do?id=1")]
    [InlineData("/view.do?sid=1&jsessionid=2&id=1", "https://board.example/view.do?id=1")]
    [InlineData("/view.do?sid=1&jsessionid=2", "https://board.example/view.do")]
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
        var options = new SourceOptions { BaseAddress = new("https+http://agency-simulator"), PublicAddress = new("http://localhost:5190") };

        Assert.Equal("http://localhost:5190/a?b=1", Links.ToPublic(new("https+http://agency-simulator/a?b=1"), options));
    }

    [Fact]
    public async Task Request_waits_for_the_bucket_when_the_rate_is_used_up()
    {
        using var limiter = new TokenBucketRateLimiter(new()
        {
            TokenLimit = 1,
            TokensPerPeriod = 1,
            QueueLimit = 1,
            ReplenishmentPeriod = TimeSpan.FromTicks(1),
            AutoReplenishment = false,
        });
        using var client = new HttpClient(new PoliteHandler(limiter) { InnerHandler = new Stub(_ => Page("")) });
        using var first = await client.GetAsync(new Uri("https://board.example/"), TestContext.Current.CancellationToken);

        var second = client.GetAsync(new Uri("https://board.example/"), TestContext.Current.CancellationToken);

        Assert.False(second.IsCompleted);
        while (!limiter.TryReplenish())
        {
        }

        using var answer = await second;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void Bucket_is_shared_when_a_board_is_asked_for_twice()
    {
        using var limiters = new BoardRateLimiters();

        Assert.Same(limiters.For("NTIS", 10), limiters.For("NTIS", 10));
        Assert.NotSame(limiters.For("NTIS", 10), limiters.For("IITP", 10));
    }

    private static HttpClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(new CheckedRedirectHandler(new(Options)) { InnerHandler = new Stub(answer) });

    private static HttpResponseMessage Page(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text) };

    private static HttpResponseMessage Redirect(string location) => new(HttpStatusCode.Found) { Headers = { Location = new(location, UriKind.RelativeOrAbsolute) } };

    private sealed class Stub(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
