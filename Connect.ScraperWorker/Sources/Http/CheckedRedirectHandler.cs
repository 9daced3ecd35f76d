using System.Net;

namespace Connect.ScraperWorker.Sources.Http;

/// <summary>
/// Follows redirects one by one and only to allowed hosts, and reads the answer inside the retried part of the
/// pipeline, so that a body that is cut off counts as a failed attempt. The answer's size is limited.
/// </summary>
internal sealed class CheckedRedirectHandler(AllowedHosts allowedHosts) : DelegatingHandler
{
    /// <summary>Largest page that is read.</summary>
    public const long MaxBytes = 5 * 1024 * 1024;

    private const int MaxHops = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var hop = 0; IsRedirect(response); hop++)
        {
            using var redirect = response;
            if (hop == MaxHops || redirect.Headers.Location is not { } location || request.RequestUri is not { } from)
            {
                throw new BoardException($"redirected {hop + 1} times or to nowhere");
            }

            var target = new Uri(from, location);
            if (!allowedHosts.Allows(target, from))
            {
                throw new BoardException($"redirected to the host {target.Host}, which is not on the allow-list");
            }

            request = Follow(request, target, redirect.StatusCode);
            response = await base.SendAsync(request, cancellationToken);
        }

        if (response.Content.Headers.ContentLength > MaxBytes)
        {
            response.Dispose();
            throw new BoardException($"a page has more than {MaxBytes} bytes");
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage Follow(HttpRequestMessage request, Uri target, HttpStatusCode status)
    {
        // A form that is answered with 301, 302 or 303 is followed by a plain GET, as browsers do.
        var keep = status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        var next = new HttpRequestMessage(keep ? request.Method : HttpMethod.Get, target)
        {
            Content = keep ? request.Content : null,
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            next.Headers.TryAddWithoutValidation(name, values);
        }

        return next;
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
