using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Connect.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Client;

/// <summary>A request as it reached the API.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">With the question mark, or empty.</param>
/// <param name="Token">The bearer token or key; null where none was sent.</param>
/// <param name="IdempotencyKey">The header; null where none was sent.</param>
/// <param name="Body">The text; empty where none was sent.</param>
internal sealed record SentRequest(string Method, string Path, string Query, string? Token, string? IdempotencyKey, string Body);

/// <summary>Stands in for the API: answers sign-ins with numbered tokens, and everything else by <see cref="Answer"/>.</summary>
internal sealed class FakeApi
{
    public const string Address = "http://connect.test/base";
    public const string Email = "minjun.kim@example.com";
    public const string Password = "Hanbit-2026!";

    private int _tokens;

    /// <summary>Of the client; tokens are valid for an hour of it.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(9)));

    /// <summary>All requests, in order.</summary>
    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    /// <summary>Answers what is neither sign-in nor renewal.</summary>
    public Func<SentRequest, Task<HttpResponseMessage>> Answer { get; set; } = _ => Task.FromResult(Json("{}"));

    /// <summary>Answers a renewal in place of new tokens.</summary>
    public Func<SentRequest, Task<HttpResponseMessage?>> Refresh { get; set; } = _ => Task.FromResult<HttpResponseMessage?>(null);

    /// <summary>Answers a sign-in in place of new tokens.</summary>
    public Func<SentRequest, Task<HttpResponseMessage?>> Login { get; set; } = _ => Task.FromResult<HttpResponseMessage?>(null);

    public int Count(string path) => Requests.Count(request => request.Path == path);

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Problem(int status, string name, TimeSpan? retryAfter = null)
    {
        var text = $$"""{"type":"urn:connect:problem:{{name}}","title":"…","status":{{status}}}""";
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/problem+json") };
        response.Headers.RetryAfter = retryAfter is { } pause ? new RetryConditionHeaderValue(pause) : null;
        return response;
    }

    /// <summary>A client of this API, as an application adds it.</summary>
    /// <param name="configure">In place of the person's address and password.</param>
    /// <param name="services">Adds to the application.</param>
    public ConnectClient CreateClient(Action<ConnectClientOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        services?.Invoke(collection);
        collection.AddConnectClient(options =>
        {
            options.Address = new Uri(Address);
            (configure ?? SignIn)(options);
        }).ConfigurePrimaryHttpMessageHandler(() => new Handler(this));
        return collection.BuildServiceProvider().GetRequiredService<ConnectClient>();
    }

    /// <summary>A client without a caller.</summary>
    public ConnectClient CreateAnonymousClient() => CreateClient(_ => { });

    /// <summary>Signs in as the person.</summary>
    public static void SignIn(ConnectClientOptions options) => (options.Email, options.Password) = (Email, Password);

    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = new SentRequest(
            request.Method.Method,
            request.RequestUri!.AbsolutePath.Replace("/base/", "/", StringComparison.Ordinal),
            request.RequestUri.Query,
            request.Headers.Authorization?.Parameter,
            request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Requests.Enqueue(sent);
        return sent.Path switch
        {
            "/auth/login" => await Login(sent) ?? NextTokens(),
            "/auth/refresh" => await Refresh(sent) ?? NextTokens(),
            _ => await Answer(sent).WaitAsync(cancellationToken),
        };
    }

    private HttpResponseMessage NextTokens()
    {
        var number = Interlocked.Increment(ref _tokens);
        return Json($$"""{"tokenType":"Bearer","accessToken":"access-{{number}}","expiresIn":3600,"refreshToken":"refresh-{{number}}"}""");
    }

    private sealed class Handler(FakeApi api) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            api.ReceiveAsync(request, cancellationToken);
    }
}
