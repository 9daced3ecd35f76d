using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>Recognizes and follows redirects (RFC 9110, section 15.4).</summary>
internal static class Redirects
{
    /// <summary>The most redirects that are followed.</summary>
    public const int Max = 5;

    public static bool Is(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    public static bool TryFind(HttpResponseMessage response, Uri from, [NotNullWhen(true)] out Uri? target)
    {
        target = null;
        return response.Headers.Location is { } location && Uri.TryCreate(from, location, out target);
    }

    /// <summary>The reason why a redirect is not followed, in words for the middle of a sentence.</summary>
    public static string Refusal(Uri target, Uri from) =>
        target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttps
            ? $"redirected from https to http on the host {target.Host}"
            : $"redirected to the host {target.Host}, which is not on the allow-list";

    /// <summary>The same request to another address; a body is shared.</summary>
    /// <param name="request">The request that was redirected.</param>
    /// <param name="target">The other address.</param>
    /// <param name="method">Its method; the body goes along where it is the same.</param>
    /// <param name="onlyIdentity">Keeps only the headers that identify the crawler.</param>
    public static HttpRequestMessage Follow(HttpRequestMessage request, Uri target, HttpMethod method, bool onlyIdentity = false)
    {
        var next = new HttpRequestMessage(method, target)
        {
            Content = method == request.Method && !onlyIdentity ? request.Content : null,
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            // A Host header belongs to one authority.
            var goesAlong = name.ToUpperInvariant() switch
            {
                "HOST" => Authority.IsShared(request.RequestUri!, target),
                "USER-AGENT" => true,
                _ => !onlyIdentity,
            };
            if (goesAlong)
            {
                next.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return next;
    }
}
