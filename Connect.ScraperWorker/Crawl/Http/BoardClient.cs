using System.Net;
using System.Net.Http.Headers;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Fetches a board's pages, those of allowed hosts over https where the board has it. Every failure is a <see cref="BoardException"/>
/// that names the path and no content.
/// </summary>
internal sealed class BoardClient(HttpClient http, BoardOptions options)
{
    private readonly AllowedHosts _allowedHosts = new(options);

    /// <summary>The board's address, as requests use it.</summary>
    public Uri BaseAddress { get; } = options.BaseAddress ?? throw new InvalidOperationException("a board needs a base address");

    /// <summary>Whether a link of a page may be followed.</summary>
    public bool Allows(Uri address) => _allowedHosts.Allows(address, BaseAddress);

    /// <summary>The page's text; null where the board answers 404 or 410.</summary>
    public async Task<string?> GetAsync(Uri address, CancellationToken cancellationToken) =>
        (await GetAsync(address, null, cancellationToken))?.Text;

    /// <summary>
    /// The page, where it has changed since <paramref name="validators"/>; null where the board answers 404 or 410.
    /// </summary>
    /// <param name="address">The page.</param>
    /// <param name="validators">Of the state that the caller knows; null requests the page unconditionally.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BoardPage?> GetAsync(Uri address, PageValidators? validators, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _allowedHosts.Secure(address, BaseAddress));
        validators?.AddTo(request);
        return await SendAsync(request, validators, cancellationToken);
    }

    /// <summary>The page that a form leads to; null where the board answers 404 or 410.</summary>
    public async Task<string?> PostAsync(Uri address, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _allowedHosts.Secure(address, BaseAddress)) { Content = new FormUrlEncodedContent(form) };
        return (await SendAsync(request, null, cancellationToken))?.Text;
    }

    private async Task<BoardPage?> SendAsync(HttpRequestMessage request, PageValidators? known, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => null,
                HttpStatusCode.NotModified when known is { } validators =>
                    new() { Text = "", Validators = PageValidators.Of(response).Or(validators), NotModified = true },
                _ when response.IsSuccessStatusCode => await ReadAsync(response, path, cancellationToken),
                _ => throw new BoardException($"{path} answered {(int)response.StatusCode}", KindOf(response.StatusCode)),
            };
        }
        catch (Exception exception) when (BoardFailures.Find(exception, path, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    private static async Task<BoardPage> ReadAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType;
        if (!IsPage(type))
        {
            throw new BoardException($"{path} is of a type that is no page's", BoardFailure.BrokenContent);
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new() { Text = PageEncoding.Decode(bytes, type?.CharSet), Validators = PageValidators.Of(response) };
    }

    private static bool IsPage(MediaTypeHeaderValue? type) => type?.MediaType?.ToUpperInvariant() is
        null or "TEXT/HTML" or "APPLICATION/XHTML+XML" or "TEXT/PLAIN"
        or "TEXT/XML" or "APPLICATION/XML" or "APPLICATION/RSS+XML" or "APPLICATION/ATOM+XML"
        or "APPLICATION/JSON" or "TEXT/JSON" or "TEXT/JAVASCRIPT";

    private static BoardFailure KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => BoardFailure.PausedByHost,
        HttpStatusCode.RequestTimeout => BoardFailure.TimedOut,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => BoardFailure.Refused,
        >= HttpStatusCode.InternalServerError => BoardFailure.Unreachable,
        _ => BoardFailure.BrokenContent,
    };
}
