using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Connect.ScraperWorker.Sources.Http;

/// <summary>Fetches a board's pages. Whatever goes wrong is a <see cref="BoardException"/> that names the path and no content.</summary>
internal sealed class BoardClient(HttpClient http, SourceOptions options)
{
    private readonly AllowedHosts _allowedHosts = new(options);

    /// <summary>The board's address, as requests use it.</summary>
    public Uri BaseAddress { get; } = options.BaseAddress ?? throw new InvalidOperationException("a board needs a base address");

    /// <summary>Whether a link of a page may be followed.</summary>
    public bool Allows(Uri address) => _allowedHosts.Allows(address, BaseAddress);

    /// <summary>The page's text; null where the board says that it is gone (404, 410).</summary>
    public async Task<string?> GetAsync(Uri address, CancellationToken cancellationToken) =>
        await SendAsync(() => new(HttpMethod.Get, address), cancellationToken);

    public async Task<BoardPage?> GetAsync(Uri address, PageValidators? validators, CancellationToken cancellationToken) =>
        await GetAsync(address, cancellationToken) is { } text ? new BoardPage { Text = text, Validators = default } : null;

    /// <summary>The page that a form leads to; null where the board says that it is gone (404, 410).</summary>
    public async Task<string?> PostAsync(Uri address, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken) =>
        await SendAsync(() => new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, cancellationToken);

    private async Task<string?> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        using var request = create();
        var path = request.RequestUri!.AbsolutePath;
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return null;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new BoardException($"{path} answered {(int)response.StatusCode}");
            }

            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return PageEncoding.Decode(bytes, response.Content.Headers.ContentType?.CharSet);
        }
        catch (HttpRequestException exception)
        {
            throw new BoardException($"{path} could not be fetched ({exception.HttpRequestError})", BoardFailure.Unreachable, exception);
        }
        catch (IOException exception)
        {
            throw new BoardException($"{path} was cut off", BoardFailure.Unreachable, exception);
        }
        catch (Exception exception) when (exception is TimeoutRejectedException or BrokenCircuitException)
        {
            throw new BoardException($"{path} did not answer in time", BoardFailure.Unreachable, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BoardException($"{path} did not answer in time", BoardFailure.Unreachable, exception);
        }
    }
}
