using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>
/// Lets every request wait for its host's next free moment, and forwards the pauses that hosts ask for (Retry-After) to the limiter.
/// It is inside of the retries, so that each attempt waits, and outside of <see cref="BoundedAnswerHandler"/>, so that the wait
/// does not count as the board's time.
/// </summary>
internal sealed class PoliteHandler(IHostLimiter limiter, BoardOptions options, TimeProvider time) : DelegatingHandler
{
    /// <summary>Crawl-delay of robots.txt, set on requests by <see cref="Robots.RobotsHandler"/>.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> CrawlDelay = new("Connect.CrawlDelay");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = Authority.Of(request.RequestUri!);
        var spacing = request.Options.TryGetValue(CrawlDelay, out var delay) && delay > options.Spacing ? delay : options.Spacing;
        await limiter.WaitAsync(host, spacing, options.LongestPause, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (RetryAfter.Read(response, time.GetUtcNow()) is not { } pause)
        {
            return response;
        }

        try
        {
            await limiter.PauseAsync(host, pause, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
