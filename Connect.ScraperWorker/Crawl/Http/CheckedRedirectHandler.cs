using System.Net;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Follows redirects one by one, only to allowed hosts, and from https never to http. For the inner handlers (robots.txt, retries, rate) each hop is a request
/// of its own.
/// </summary>
internal sealed class CheckedRedirectHandler(AllowedHosts allowedHosts) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var hop = 0; Redirects.Is(response); hop++)
        {
            using var redirect = response;
            if (hop == Redirects.Max || request.RequestUri is not { } from || !Redirects.TryFind(redirect, from, out var target))
            {
                throw new BoardException($"redirected {hop + 1} times or to nowhere", BoardFailure.Refused);
            }

            var next = allowedHosts.Follow(target, from)
                ?? throw new BoardException(Redirects.Refusal(target, from), BoardFailure.Refused);

            // A form that is answered with 301, 302 or 303 is followed by a plain GET, as browsers do.
            var keep = redirect.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            request = Redirects.Follow(request, next, keep ? request.Method : HttpMethod.Get);
            response = await base.SendAsync(request, cancellationToken);
        }

        return response;
    }
}
