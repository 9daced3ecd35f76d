using System.Net;
using System.Net.Http.Headers;
using Connect.ScraperWorker.Crawl.Http;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class BoardClientTests
{
    private static readonly Uri Address = new("https://board.example/list");

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task Page_is_nothing_when_it_is_gone(HttpStatusCode status)
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Status(status));

        Assert.Null(await board.GetAsync());
        Assert.Null(await board.Client.GetAsync(Address, new PageValidators("\"a\"", null), CancellationToken));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, BoardFailure.Refused)]
    [InlineData(HttpStatusCode.NotModified, BoardFailure.BrokenContent)]
    [InlineData(HttpStatusCode.TooManyRequests, BoardFailure.PausedByHost)]
    [InlineData(HttpStatusCode.RequestTimeout, BoardFailure.TimedOut)]
    [InlineData(HttpStatusCode.InternalServerError, BoardFailure.Unreachable)]
    [InlineData(HttpStatusCode.ServiceUnavailable, BoardFailure.Unreachable)]
    public async Task Failure_tells_what_is_bad_when_the_status_does(HttpStatusCode status, object kind)
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Status(status));

        var failure = await board.FailAsync("/list?id=1");

        Assert.Equal(kind, failure.Kind);
        Assert.Equal($"/list answered {(int)status}", failure.Message);
    }

    [Fact]
    public async Task Failure_is_the_boards_when_it_cannot_be_reached()
    {
        using var board = new BoardPipeline(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var failure = await board.FailAsync();

        Assert.Equal(BoardFailure.Unreachable, failure.Kind);
        Assert.Equal("/list could not be fetched (ConnectionError)", failure.Message);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("text/html", true)]
    [InlineData("Text/HTML; charset=euc-kr", true)]
    [InlineData("application/xhtml+xml", true)]
    [InlineData("application/xml", true)]
    [InlineData("text/xml", true)]
    [InlineData("text/plain", true)]
    [InlineData("application/rss+xml; charset=utf-8", true)]
    [InlineData("application/atom+xml", true)]
    [InlineData("application/json;charset=UTF-8", true)]
    [InlineData("text/json", true)]
    [InlineData("text/javascript", true)]
    [InlineData("application/pdf", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData("image/png", false)]
    public async Task Page_is_read_only_when_its_type_is_a_pages(string? type, bool expected)
    {
        using var board = new BoardPipeline(_ => new(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent("글"u8.ToArray()) { Headers = { ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type) } },
        });

        var exception = await Record.ExceptionAsync(() => board.GetAsync());

        Assert.Equal(expected ? null : BoardFailure.BrokenContent, (exception as BoardException)?.Kind);
    }
}
