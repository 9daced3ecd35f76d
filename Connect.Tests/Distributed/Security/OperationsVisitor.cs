using System.Net;
using System.Text.RegularExpressions;

namespace Connect.Tests.Distributed.Security;

/// <summary>Somebody with a browser's cookies at the operations page, without the browser.</summary>
internal sealed partial class OperationsVisitor : IDisposable
{
    private readonly HttpClient _client;
    private readonly CookieContainer _cookies = new();

    public OperationsVisitor(Uri site) => _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = _cookies })
    {
        BaseAddress = site,
    };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Sends the form as the page made it; the answer's cookies are kept.</summary>
    public async Task<HttpResponseMessage> SignInAsync(
        string email = RunningApplication.AdminEmail, string password = RunningApplication.AdminPassword, bool withToken = true,
        string? code = null)
    {
        var page = await _client.GetStringAsync("/ops/sign-in", CancellationToken);
        using var form = new FormUrlEncodedContent(
            [
                .. HiddenFields().Matches(page).Select(field => KeyValuePair.Create(field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))
                    .Where(field => withToken || field.Key == "_handler")
                    .DistinctBy(field => field.Key),
                KeyValuePair.Create("Input.Email", email),
                KeyValuePair.Create("Input.Password", password),
                KeyValuePair.Create("Input.Code", code ?? ""),
            ]);
        return await _client.PostAsync("/ops/sign-in", form, CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, CancellationToken);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? content = null) => _client.PostAsync(path, content, CancellationToken);

    /// <summary>Sends a form with the token of a page.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, params (string Name, string Value)[] fields)
    {
        var token = HiddenFields().Matches(await _client.GetStringAsync(page, CancellationToken))
            .First(field => field.Groups["name"].Value == "__RequestVerificationToken").Groups["value"].Value;
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", WebUtility.HtmlDecode(token))).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await PostAsync(path, form);
    }

    /// <summary>Sends a header with every request, as a proxy would.</summary>
    public void AddHeader(string header, string value) => _client.DefaultRequestHeaders.Add(header, value);

    /// <summary>Keeps a cookie that no answer has set.</summary>
    public void Keep(string name, string value) => _cookies.Add(_client.BaseAddress!, new Cookie(name, value));

    /// <summary>Asks for a WebSocket as a page of an origin would, through a proxy that names the host if one is given.</summary>
    public async Task<HttpStatusCode> ConnectAsync(string? origin, string? forwardedHost = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        if (forwardedHost is not null)
        {
            request.Headers.Add("X-Forwarded-Host", forwardedHost);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken);
        return response.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex HiddenFields();
}
