using System.Net;
using System.Net.Http.Headers;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class PoliteHandlerTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_request_waits_its_turn_when_it_is_a_hop_a_retry_or_the_rules()
    {
        var failures = 1;
        using var board = new BoardPipeline(
            request => request.RequestUri!.AbsolutePath switch
            {
                "/list" => BoardPipeline.Redirect("https://files.example/list2"),
                "/list2" when failures-- > 0 => BoardPipeline.Status(HttpStatusCode.BadGateway),
                "/list2" => BoardPipeline.Page("글"),
                "/robots.txt" => BoardPipeline.Status(HttpStatusCode.NotFound),
                _ => throw new InvalidOperationException($"unexpected {request.RequestUri}"),
            },
            robots: true);

        await board.GetAsync();

        Assert.Equal(
            [
                "https://board.example/robots.txt", "https://board.example/list",
                "https://files.example/robots.txt", "https://files.example/list2", "https://files.example/list2",
            ],
            board.Requests);
        Assert.Equal(
            ["board.example:443", "board.example:443", "files.example:443", "files.example:443", "files.example:443"],
            board.Limiter.Taken.Select(taken => taken.Host));
        Assert.All(board.Limiter.Taken, taken => Assert.Equal(TimeSpan.FromSeconds(6), taken.Spacing));
    }

    [Theory]
    [InlineData("2.5", 6)]
    [InlineData("20", 20)]
    [InlineData("86400", 60)]
    public async Task Rest_is_the_longer_one_when_the_host_asks_for_one(string delay, int seconds)
    {
        using var board = new BoardPipeline(
            request => BoardPipeline.Page(request.RequestUri!.AbsolutePath == "/robots.txt" ? $"User-agent: *\nCrawl-delay: {delay}" : "글"),
            robots: true);

        await board.GetAsync();

        Assert.Equal(TimeSpan.FromSeconds(seconds), board.Limiter.Taken[^1].Spacing);
    }

    [Fact]
    public async Task Waiting_is_not_the_boards_time_when_it_is_longer_than_that()
    {
        var time = new FakeTimeProvider(Now);
        using var board = new BoardPipeline(_ => BoardPipeline.Page("글"), time: time);
        board.Limiter.OnWait = () => time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("글", await board.GetAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Pause_is_everybodys_when_the_host_asks_for_one(HttpStatusCode status)
    {
        var answers = new Queue<HttpResponseMessage>([With(status, "90"), BoardPipeline.Page("글")]);
        using var board = new BoardPipeline(_ => answers.Dequeue());

        Assert.Equal("글", await board.GetAsync());

        Assert.Equal([("board.example:443", TimeSpan.FromSeconds(90))], board.Limiter.Paused);
    }

    [Theory]
    [InlineData(429, "0", null)]
    [InlineData(429, "-5", null)]
    [InlineData(429, "soon", null)]
    [InlineData(429, null, null)]
    [InlineData(500, "5", null)]
    [InlineData(200, "5", null)]
    [InlineData(429, "5", 5)]
    [InlineData(503, "3601", 3600)]
    [InlineData(503, "Mon, 01 Jun 2026 00:02:00 GMT", 120)]
    [InlineData(503, "Tue, 01 Jun 2027 00:00:00 GMT", 3600)]
    [InlineData(503, "Sun, 31 May 2026 23:59:59 GMT", null)]
    public void Pause_is_read_in_both_forms_and_at_most_an_hour_when_it_is_asked_for(int status, string? value, int? seconds) =>
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, RetryAfter.Read(With((HttpStatusCode)status, value), Now));

    [Fact]
    public void Pause_is_meant_on_the_hosts_clock_when_that_is_wrong()
    {
        using var response = With(HttpStatusCode.TooManyRequests, null);
        response.Headers.Date = Now.AddHours(-3);
        response.Headers.RetryAfter = new RetryConditionHeaderValue(Now.AddHours(-3).AddSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Read(response, Now));
    }

    private static HttpResponseMessage With(HttpStatusCode status, string? retryAfter)
    {
        var response = new HttpResponseMessage(status);
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }
}
