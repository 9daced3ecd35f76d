using System.Security.Authentication;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>Explains TLS handshakes that failed.</summary>
internal static class Handshakes
{
    private const string Advice = "; if the site has only old ciphers, set Tls=Legacy";

    /// <summary>
    /// The failure with the host and the reason in its message, so that it is retried and counted as before; null where it is none of the
    /// handshake. A reason comes from the TLS library or the check of the certificate and quotes no content.
    /// </summary>
    public static HttpRequestException? Explain(Exception exception, Uri address) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } cause } failure
            ? new(HttpRequestError.SecureConnectionError, $"the TLS handshake with {address.IdnHost} failed: {Reason(cause)}", failure)
            : null;

    private static string Reason(Exception cause)
    {
        var innermost = cause.GetBaseException().Message.TrimEnd('.');

        // A certificate that is refused has no inner exception, and old ciphers would not help.
        return cause is AuthenticationException { InnerException: null } ? innermost : innermost + Advice;
    }
}
