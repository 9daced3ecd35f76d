using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed.Security;

/// <summary>A request as it is put on the wire.</summary>
internal sealed record AttackRequest(string Method, string Path)
{
    public string? Token { get; init; }

    public byte[]? Body { get; init; }

    public string MediaType { get; init; } = "application/json";

    /// <summary>Sent as they are, valid or not.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public AttackRequest WithJson(JsonNode? body) => this with { Body = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()) };

    public override string ToString() =>
        $"{Method} {Path} [{string.Join("; ", Headers)}] {MediaType}: {(Body is null ? "-" : Encoding.UTF8.GetString(Body.AsSpan()[..Math.Min(Body.Length, 300)]))}";
}

/// <summary>An answer as it came.</summary>
internal sealed record AttackAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    /// <summary><c>X-Cache</c>.</summary>
    public string? Cache { get; init; }

    public string? RetryAfter { get; init; }

    public string? ETag { get; init; }

    public TimeSpan Took { get; init; }

    public JsonNode Json => JsonNode.Parse(Body)!;

    public bool IsStale => Cache?.Contains("stale", StringComparison.Ordinal) == true;

    /// <summary>The defect in an error's form; null for problem+json and for a success.</summary>
    public string? FindMalformation(bool hasBody = true)
    {
        if ((int)Status < 400)
        {
            return null;
        }

        if (MediaType != "application/problem+json")
        {
            return $"{(int)Status} is {MediaType ?? "of no type"}: {Body}";
        }

        if (!hasBody)
        {
            return null;
        }

        var problem = Json;
        return problem["type"]?.GetValue<string>().StartsWith("urn:connect:problem:", StringComparison.Ordinal) != true
            || problem["status"]?.GetValue<int>() != (int)Status
            ? $"{(int)Status} says {Body}"
            : null;
    }
}

/// <summary>Sends requests on kept connections, because the application is attacked and not the handshake.</summary>
internal sealed class AttackClient(Uri address) : IDisposable
{
    public Uri Address => address;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 64,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(10),

        // Headers of any bytes; the default refuses all but ASCII before they are sent.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private readonly string _origin = address.GetLeftPart(UriPartial.Authority);

    public Task<AttackAnswer> GetAsync(string path, string? token = null) => SendAsync(new AttackRequest("GET", path) { Token = token });

    public Task<AttackAnswer> PostAsync(string path, JsonNode? body, string? token = null) =>
        SendAsync(new AttackRequest("POST", path) { Token = token }.WithJson(body));

    public async Task<AttackAnswer> SendAsync(AttackRequest request)
    {
        // As it is written: a client that tidies "/../" up would attack nothing.
        var target = new Uri(_origin + request.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), target);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.MediaType);

            // A server that refuses a large body closes the connection; a client that is still sending then misses the
            // answer.
            message.Headers.ExpectContinue = request.Body.Length > 16 * 1024;
        }

        if (request.Token is { } token)
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        var started = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(message, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new AttackAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body)
        {
            Cache = response.Headers.TryGetValues("X-Cache", out var cache) ? string.Join(", ", cache) : null,
            RetryAfter = response.Headers.TryGetValues("Retry-After", out var retry) ? string.Join(", ", retry) : null,
            ETag = response.Headers.ETag?.ToString(),
            Took = Stopwatch.GetElapsedTime(started),
        };
    }

    public void Dispose() => _http.Dispose();
}
