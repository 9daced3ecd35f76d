using System.Net;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class ResilienceTests
{
    [Fact]
    public async Task Failing_board_is_asked_a_bounded_number_of_times_and_then_left_alone()
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Status(HttpStatusCode.InternalServerError), settings: ("Retries", "2"));
        BoardException failure;
        do
        {
            var before = board.Requests.Count;
            failure = await board.FailAsync();
            Assert.InRange(board.Requests.Count - before, 0, 3);
        }
        while (failure.Kind == BoardFailure.Unreachable);

        var sent = board.Requests.Count;
        failure = await board.FailAsync("/other");

        Assert.Equal(BoardFailure.CircuitOpen, failure.Kind);
        Assert.Equal("/other was not asked for, because the board failed too often", failure.Message);

        // With robots.txt it was ten attempts.
        Assert.Equal((9, 9), (sent, board.Requests.Count));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NotModified)]
    public async Task Answer_is_final_when_it_is_no_failure_of_the_board(HttpStatusCode status)
    {
        using var board = new BoardPipeline(_ => BoardPipeline.Status(status));

        await Record.ExceptionAsync(() => board.GetAsync());

        Assert.Single(board.Requests);
    }

    [Fact]
    public async Task Answer_is_given_up_when_its_body_does_not_arrive_in_time()
    {
        var time = new FakeTimeProvider();
        var content = new EndlessContent();
        using var client = new HttpClient(new BoundedAnswerHandler(TimeSpan.FromSeconds(30), time)
        {
            InnerHandler = new StubHandler(_ => new(HttpStatusCode.OK) { Content = content }),
        });
        var answer = client.GetAsync(new Uri("https://board.example/list"), TestContext.Current.CancellationToken);
        await content.Started;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(answer.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => answer);
    }

    [Theory]
    [InlineData(2, "00:02:00", "00:00:30", "00:00:02")]
    [InlineData(1, "00:00:01", "00:00:00.100", "00:00:00.001")]
    [InlineData(5, "01:00:00", "00:05:00", "00:01:00")]
    public void Budgets_contain_each_other_when_the_options_are_within_their_ranges(int retries, string pause, string page, string delay)
    {
        static TimeSpan Parse(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var options = new BoardOptions
        {
            BaseAddress = new("https://board.example"),
            Retries = retries,
            LongestPause = Parse(pause),
            PageTimeout = Parse(page),
            RetryDelay = Parse(delay),
        };
        var resilience = new HttpStandardResilienceOptions();

        BoardResilience.Configure(resilience, options);

        var attempt = resilience.AttemptTimeout.Timeout;
        Assert.True(attempt > options.LongestPause + options.PageTimeout);
        Assert.True(resilience.TotalRequestTimeout.Timeout >= attempt * (retries + 1));
        Assert.True(resilience.CircuitBreaker.SamplingDuration >= attempt * 2);
        Assert.True(resilience.TotalRequestTimeout.Timeout < TimeSpan.FromDays(1));
    }

    /// <summary>A body whose first byte never comes.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Started => _started.Task;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _started.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
