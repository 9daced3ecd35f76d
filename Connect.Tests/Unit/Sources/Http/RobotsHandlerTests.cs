using System.Net;
using Connect.ScraperWorker.Crawl.Http;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class RobotsHandlerTests
{
    [Fact]
    public async Task Page_is_refused_unasked_when_the_rules_disallow_it()
    {
        using var board = Board("User-agent: *\nDisallow: /private");

        Assert.Equal("글", await board.GetAsync());
        var failure = await board.FailAsync("/private/view.do?id=1");

        Assert.Equal(BoardFailure.Refused, failure.Kind);
        Assert.Equal("/robots.txt of board.example:443 does not allow /private/view.do", failure.Message);
        Assert.Equal(["https://board.example/robots.txt", "https://board.example/list"], board.Requests);
    }

    [Fact]
    public async Task Page_is_refused_when_a_redirect_leads_to_what_the_rules_disallow()
    {
        using var board = new BoardPipeline(
            request => request.RequestUri!.AbsolutePath == "/robots.txt"
                ? BoardPipeline.Page("User-agent: ConnectBot\nDisallow: /private")
                : BoardPipeline.Redirect("/private"),
            robots: true);

        Assert.Equal(BoardFailure.Refused, (await board.FailAsync()).Kind);
        Assert.Equal(2, board.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, null)]
    [InlineData(HttpStatusCode.NotFound, null)]
    [InlineData(HttpStatusCode.InternalServerError, BoardFailure.Unreachable)]
    [InlineData(HttpStatusCode.ServiceUnavailable, BoardFailure.Unreachable)]
    [InlineData(HttpStatusCode.TooManyRequests, BoardFailure.Unreachable)]
    public async Task Everything_or_nothing_is_allowed_when_there_are_no_rules(HttpStatusCode status, object? kind)
    {
        using var board = new BoardPipeline(
            request => request.RequestUri!.AbsolutePath == "/robots.txt" ? BoardPipeline.Status(status) : BoardPipeline.Page("글"), robots: true);

        var exception = await Record.ExceptionAsync(() => board.GetAsync());

        Assert.Equal(kind, (exception as BoardException)?.Kind);
        Assert.Equal(kind is null, board.Requests.Contains("https://board.example/list"));
    }

    [Fact]
    public async Task Nothing_is_allowed_when_the_rules_cannot_be_reached()
    {
        using var board = new BoardPipeline(_ => throw new HttpRequestException(HttpRequestError.ConnectionError), robots: true);

        var failure = await board.FailAsync();

        Assert.Equal("/robots.txt could not be fetched (ConnectionError), and without it nothing may be read", failure.Message);
        Assert.Equal(3, board.Requests.Count);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    public async Task Rules_are_found_when_they_are_at_most_five_redirects_away(int redirects, int refused)
    {
        var hops = 0;
        using var board = new BoardPipeline(
            request => request.RequestUri!.AbsolutePath switch
            {
                "/list" => BoardPipeline.Page("글"),
                _ when hops++ < redirects => BoardPipeline.Redirect($"https://files.example/{hops}"),
                _ => BoardPipeline.Page("User-agent: *\nDisallow: /"),
            },
            robots: true);

        var exception = await Record.ExceptionAsync(() => board.GetAsync());

        Assert.Equal(refused, exception is BoardException ? 1 : 0);
    }

    [Fact]
    public async Task Nothing_is_allowed_when_the_rules_are_on_another_host()
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Redirect("https://elsewhere.example/robots.txt"), robots: true);

        var failure = await board.FailAsync();

        Assert.Equal("/robots.txt redirected to the host elsewhere.example, which is not on the allow-list", failure.Message);
        Assert.Single(board.Requests);
    }

    [Theory]
    [InlineData("http://board.example/rules.txt", null)]
    [InlineData("http://board.example/robots.txt", "/robots.txt redirected from https to http on the host board.example")]
    [InlineData("http://elsewhere.example/robots.txt", "/robots.txt redirected from https to http on the host elsewhere.example")]
    public async Task Rules_are_fetched_over_https_when_their_host_redirects_to_http(string location, string? failure)
    {
        using var board = new BoardPipeline(
            request => request.RequestUri!.AbsolutePath switch
            {
                "/robots.txt" => BoardPipeline.Redirect(location),
                "/rules.txt" => BoardPipeline.Page("User-agent: *\nAllow: /"),
                _ => BoardPipeline.Page("글"),
            },
            robots: true);

        Assert.Equal(failure, (await Record.ExceptionAsync(() => board.GetAsync()))?.Message);
        Assert.All(board.Requests, address => Assert.StartsWith("https://board.example/", address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_are_fetched_again_when_they_are_a_day_old()
    {
        var time = new FakeTimeProvider();
        using var board = Board("User-agent: *\nAllow: /", time);
        await board.GetAsync();
        time.Advance(TimeSpan.FromHours(23));
        await board.GetAsync();
        Assert.Single(board.Requests, Robots);

        time.Advance(TimeSpan.FromHours(1));
        await board.GetAsync();

        Assert.Equal(2, board.Requests.Count(Robots));
    }

    [Fact]
    public async Task Rules_are_fetched_again_soon_when_they_could_not_be_fetched()
    {
        var time = new FakeTimeProvider();
        var isMoved = true;
        using var board = new BoardPipeline(
            _ => isMoved ? BoardPipeline.Redirect("https://elsewhere.example/") : BoardPipeline.Page("글"), robots: true, time);
        await board.FailAsync();
        isMoved = false;
        time.Advance(TimeSpan.FromSeconds(59));
        await board.FailAsync();
        Assert.Single(board.Requests);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("글", await board.GetAsync());
    }

    [Fact]
    public async Task Rules_are_asked_for_by_the_same_crawler_and_without_conditions()
    {
        List<string> agents = [];
        using var board = new BoardPipeline(
            request =>
            {
                agents.Add($"{request.Headers.UserAgent} {request.Headers.IfNoneMatch}");
                return BoardPipeline.Page("");
            },
            robots: true);

        await board.Client.GetAsync(new("https://board.example/list"), new("\"a\"", null), TestContext.Current.CancellationToken);

        Assert.Equal(["ConnectBot/0.1.0 ", "ConnectBot/0.1.0 \"a\""], agents);
    }

    private static bool Robots(string address) => address.EndsWith("/robots.txt", StringComparison.Ordinal);

    private static BoardPipeline Board(string rules, TimeProvider? time = null) =>
        new(request => BoardPipeline.Page(request.RequestUri!.AbsolutePath == "/robots.txt" ? rules : "글"), robots: true, time);
}
