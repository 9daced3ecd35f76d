using Connect.ScraperWorker.Boards;
using Microsoft.Extensions.Http.Resilience;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// The budgets of one request, of which a page takes one and each redirect another. With the defaults of
/// <see cref="BoardOptions"/>:
/// <list type="table">
/// <item><term>answer</term><description>30 s, the board's own time (<see cref="BoundedAnswerHandler"/>)</description></item>
/// <item><term>attempt</term><description>2 min 35 s: at most 2 min until it is the host's turn, and the answer</description></item>
/// <item><term>attempts</term><description>3, with 2 s and then 4 s between them, at most 8 s each with jitter</description></item>
/// <item><term>all of it</term><description>8 min 1 s</description></item>
/// <item><term>circuit</term><description>open for 1 min when half of at least 10 attempts in 5 min 11 s failed</description></item>
/// </list>
/// </summary>
internal static class BoardResilience
{
    /// <summary>How long a board whose circuit is open is left alone.</summary>
    public static readonly TimeSpan BreakDuration = TimeSpan.FromMinutes(1);

    // Reserving a moment takes a query or two.
    private static readonly TimeSpan Reserving = TimeSpan.FromSeconds(5);

    public static void Configure(HttpStandardResilienceOptions resilience, BoardOptions options)
    {
        // An attempt contains the wait for the host's turn. That ends by itself, as does the answer: the limits here are
        // only the sum of the two, so that neither eats the other's time.
        var attempt = options.LongestPause + options.PageTimeout + Reserving;
        resilience.AttemptTimeout.Timeout = attempt;

        // A Retry-After moves the host's next turn, for which each attempt waits; to wait for it here, too, would double it.
        resilience.Retry.ShouldRetryAfterHeader = false;
        resilience.Retry.MaxRetryAttempts = options.Retries;
        resilience.Retry.Delay = options.RetryDelay;
        resilience.Retry.MaxDelay = options.RetryDelay * Math.Pow(2, options.Retries);
        resilience.Retry.UseJitter = true;
        resilience.TotalRequestTimeout.Timeout = (attempt * (options.Retries + 1)) + (resilience.Retry.MaxDelay.Value * options.Retries);

        // At ten requests a minute the defaults (a tenth of a hundred) would never open it. Sampling must take twice an attempt.
        resilience.CircuitBreaker.MinimumThroughput = 10;
        resilience.CircuitBreaker.FailureRatio = 0.5;
        resilience.CircuitBreaker.SamplingDuration = (attempt * 2) + TimeSpan.FromSeconds(1);
        resilience.CircuitBreaker.BreakDuration = BreakDuration;
    }
}
