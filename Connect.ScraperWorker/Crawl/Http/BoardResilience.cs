using Connect.ScraperWorker.Boards;
using Microsoft.Extensions.Http.Resilience;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// The budgets of one request, of which a page takes one and each redirect another. With the defaults of
/// <see cref="BoardOptions"/>:
/// <list type="table">
/// <item><term>answer</term><description>30 s, the board's own time (<see cref="BoundedAnswerHandler"/>)</description></item>
/// <item><term>attempt</term><description>2 min 35 s: at most 2 min until the host's free moment, and the answer</description></item>
/// <item><term>attempts</term><description>3, with 2 s and then 4 s between them, at most 8 s each with jitter</description></item>
/// <item><term>all of it</term><description>8 min 1 s</description></item>
/// <item><term>circuit</term><description>open for 1 min when half of at least 10 attempts in 5 min 11 s failed</description></item>
/// </list>
/// </summary>
internal static class BoardResilience
{
    /// <summary>Time that an open circuit refuses all requests.</summary>
    public static readonly TimeSpan BreakDuration = TimeSpan.FromMinutes(1);

    // For the one or two queries that reserve a moment.
    private static readonly TimeSpan Reserving = TimeSpan.FromSeconds(5);

    public static void Configure(HttpStandardResilienceOptions resilience, BoardOptions options)
    {
        // An attempt contains the wait for the host's free moment and the answer. Each has a limit of its own; this one is their
        // sum, so that neither uses up the other's time.
        var attempt = options.LongestPause + options.PageTimeout + Reserving;
        resilience.AttemptTimeout.Timeout = attempt;

        // A Retry-After moves the host's next free moment, for which each attempt waits; waiting here, too, would double it.
        resilience.Retry.ShouldRetryAfterHeader = false;
        resilience.Retry.MaxRetryAttempts = options.Retries;
        resilience.Retry.Delay = options.RetryDelay;
        resilience.Retry.MaxDelay = options.RetryDelay * Math.Pow(2, options.Retries);
        resilience.Retry.UseJitter = true;
        resilience.TotalRequestTimeout.Timeout = (attempt * (options.Retries + 1)) + (resilience.Retry.MaxDelay.Value * options.Retries);

        // With ten requests a minute the default minimum (100) would never be reached. Sampling must last at least two attempts.
        resilience.CircuitBreaker.MinimumThroughput = 10;
        resilience.CircuitBreaker.FailureRatio = 0.5;
        resilience.CircuitBreaker.SamplingDuration = (attempt * 2) + TimeSpan.FromSeconds(1);
        resilience.CircuitBreaker.BreakDuration = BreakDuration;
    }
}
