using System.Net;
using System.Net.Http.Headers;

namespace Connect.Client.Sessions;

/// <summary>Puts the caller's key or token on each request, and sends it once more with a new token where the API refuses the first.</summary>
internal sealed class TokenHandler(Session session, ConnectClientOptions options) : DelegatingHandler
{
    private const string Scheme = "Bearer";

    private readonly Uri _address = BaseAddress.Of(options);

    private HttpClient? _http;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if ((options.ApiKey ?? options.Email) is null || !NeedsCaller(request.RequestUri!))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (options.ApiKey is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, key);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var token = await session.GetTokenAsync(refused: null, Bare(), cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, token);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // A request that was refused was not carried out, so that it may be sent again whatever it is.
        response.Dispose();
        token = await session.GetTokenAsync(refused: token, Bare(), cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, token);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _http?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Secrets go to the configured address only.
    private bool NeedsCaller(Uri uri) => _address.IsBaseOf(uri) && !OpenRoutes.Contain(_address.MakeRelativeUri(uri).OriginalString);

    // Below the retries and this handler.
    private ConnectClient Bare() => new(
        _http ??= new HttpClient(InnerHandler!, disposeHandler: false) { BaseAddress = _address, Timeout = options.Timeout });
}
