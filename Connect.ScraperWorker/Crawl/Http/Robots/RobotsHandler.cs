using System.Net;

namespace Connect.ScraperWorker.Crawl.Http.Robots;

/// <summary>
/// Refuses requests that the host's robots.txt (RFC 9309) does not allow. The file is fetched through the inner
/// handlers, so it is rate-limited and retried as pages are. This handler is outside of the retries, because a refusal
/// is final, and inside of the redirects, because each hop may be another host.
/// </summary>
internal sealed class RobotsHandler(string board, AllowedHosts allowedHosts, RobotsCache cache) : DelegatingHandler
{
    private const string Path = "/robots.txt";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var host = Authority.Of(address);
        var answer = await cache.GetAsync(board, host, token => FetchAsync(request, token), cancellationToken);
        var rules = answer.Rules ?? throw new BoardException(answer.Reason, answer.Failure);
        if (!rules.Allows(address))
        {
            throw new BoardException($"{Path} of {host} does not allow {address.AbsolutePath}", BoardFailure.Refused);
        }

        if (rules.CrawlDelay is { } delay)
        {
            request.Options.Set(Limits.PoliteHandler.CrawlDelay, delay);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<RobotsAnswer> FetchAsync(HttpRequestMessage page, CancellationToken cancellationToken)
    {
        var address = new Uri(page.RequestUri!, Path);
        try
        {
            for (var hop = 0; ; hop++)
            {
                using var request = Redirects.Follow(page, address, HttpMethod.Get, onlyIdentity: true);
                using var response = await base.SendAsync(request, cancellationToken);
                if (!Redirects.Is(response))
                {
                    return await ReadAsync(response, cancellationToken);
                }

                // RFC 9309, section 2.3.1.2: after five redirects the file counts as missing.
                if (hop == Redirects.Max || !Redirects.TryFind(response, address, out var target))
                {
                    return RobotsAnswer.Unavailable;
                }

                if (allowedHosts.Follow(target, address) is not { } next)
                {
                    return RobotsAnswer.Unreachable($"{Path} {Redirects.Refusal(target, address)}", BoardFailure.Refused);
                }

                address = next;
            }
        }
        catch (Exception exception) when (
            BoardFailures.Find(exception, Path, cancellationToken) is { Kind: not BoardFailure.CircuitOpen } failure)
        {
            return RobotsAnswer.Unreachable($"{failure.Message}, and without it nothing may be read", failure.Kind);
        }
    }

    private static async Task<RobotsAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            // These 4xx do not mean that the file is missing.
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => Silent(),
            _ when response.IsSuccessStatusCode => RobotsAnswer.Of(
                RobotsTxt.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken), Crawler.ProductToken)),
            _ when status is >= 400 and < 500 => RobotsAnswer.Unavailable,
            _ => Silent(),
        };

        RobotsAnswer Silent() => RobotsAnswer.Unreachable(
            $"{Path} answered {status}, and without it nothing may be read", BoardFailure.Unreachable);
    }
}
