using System.Net;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class RedirectTests
{
    [Fact]
    public async Task Redirects_are_followed_when_they_stay_on_the_list()
    {
        using var board = new BoardPipeline(request => request.RequestUri!.AbsolutePath switch
        {
            "/list" => BoardPipeline.Redirect("/second"),
            "/second" => BoardPipeline.Redirect("https://files.example/third"),
            "/third" => BoardPipeline.Page("끝"),
            _ => throw new InvalidOperationException($"unexpected {request.RequestUri}"),
        });

        Assert.Equal("끝", await board.GetAsync());
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("http://board.example/list")]
    [InlineData("http://board.example:8080/list")]
    [InlineData("http://elsewhere.example/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("/again")]
    public async Task Redirects_are_refused_when_they_leave_the_list_or_never_end(string location)
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Redirect(location));

        Assert.Equal(BoardFailure.Refused, (await board.FailAsync()).Kind);
    }

    [Fact]
    public async Task Redirects_to_http_are_followed_over_https_when_the_host_is_known()
    {
        using var board = new BoardPipeline(request => request.RequestUri!.AbsolutePath switch
        {
            "/list" => BoardPipeline.Redirect("http://board.example/second"),
            "/second" => BoardPipeline.Redirect("http://files.example/third"),
            _ => BoardPipeline.Page("끝"),
        });

        Assert.Equal("끝", await board.GetAsync());
        Assert.Equal(["https://board.example/list", "https://board.example/second", "https://files.example/third"], board.Requests);
    }

    [Fact]
    public async Task Redirect_from_https_to_the_same_page_on_http_is_refused_at_once()
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Redirect("http://board.example/list"));

        Assert.Equal("redirected from https to http on the host board.example", (await board.FailAsync()).Message);
        Assert.Single(board.Requests);
    }

    [Fact]
    public async Task Links_to_http_are_requested_over_https_when_the_host_is_known()
    {
        using var board = new BoardPipeline(request => BoardPipeline.Page(request.Method.Method));
        var address = new Uri("http://files.example/view?id=1");

        Assert.True(board.Client.Allows(address));
        Assert.Equal("GET", await board.Client.GetAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal("POST", await board.Client.PostAsync(address, new Dictionary<string, string>(), TestContext.Current.CancellationToken));
        Assert.Equal(["https://files.example/view?id=1", "https://files.example/view?id=1"], board.Requests);
    }

    [Fact]
    public async Task Redirects_are_refused_when_they_lead_nowhere()
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Status(HttpStatusCode.Found));

        Assert.Equal(BoardFailure.Refused, (await board.FailAsync()).Kind);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found, "GET ")]
    [InlineData(HttpStatusCode.SeeOther, "GET ")]
    [InlineData(HttpStatusCode.TemporaryRedirect, "POST pageIndex=2")]
    [InlineData(HttpStatusCode.PermanentRedirect, "POST pageIndex=2")]
    public async Task Form_goes_along_only_when_the_redirect_keeps_the_method(HttpStatusCode status, string expected)
    {
        using var board = new BoardPipeline(request => request.RequestUri!.AbsolutePath == "/list"
            ? BoardPipeline.Redirect("/next", status)
            : BoardPipeline.Page($"{request.Method} {Body(request)}"));

        var page = await board.Client.PostAsync(
            new("https://board.example/list"), new Dictionary<string, string> { ["pageIndex"] = "2" }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, page);
    }

    private static string Body(HttpRequestMessage request)
    {
        using var reader = new StreamReader(request.Content?.ReadAsStream(TestContext.Current.CancellationToken) ?? Stream.Null);
        return reader.ReadToEnd();
    }
}
