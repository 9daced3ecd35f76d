using System.Net;

namespace Connect.ScraperWorker.Crawl.Http.Limits;

/// <summary>The pause that an answer asks for with Retry-After (RFC 9110, section 10.2.3; RFC 6585, section 4).</summary>
internal static class RetryAfter
{
    /// <summary>The longest pause; a longer one is cut to it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The pause, in either form of the header; null where there is none, or none that is ahead.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return null;
        }

        // A date is by the server's clock, which the Date header states.
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - (response.Headers.Date ?? now));
        return pause > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(pause.Value.Ticks, Longest.Ticks)) : null;
    }
}
