using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>
/// Lets every request wait for its host's next free moment, and passes on the pauses that hosts ask for. It is inside
/// the retried part of the pipeline, so that each attempt waits, and outside of <see cref="BoundedAnswerHandler"/>, so
/// that waiting is not taken for slowness of the board.
/// </summary>
internal sealed class PoliteHandler(IHostLimiter limiter, BoardOptions options, TimeProvider time) : DelegatingHandler
{
    /// <summary>The rest that robots.txt asks for, put on requests by who knows it.</summary>
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
