using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Domain.Organizations;

namespace Connect.Tests.Distributed;

/// <summary>One answer of the API, with its headers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The JSON body; null where there is none.</param>
/// <param name="Cache"><c>X-Cache</c>.</param>
/// <param name="Queries">Database queries, from <c>Server-Timing</c>.</param>
/// <param name="Instance">The replica, from <c>X-Instance</c>.</param>
/// <param name="ETag">The entity tag.</param>
/// <param name="MediaType">The content type.</param>
public sealed record ApiAnswer(
    HttpStatusCode Status, JsonNode? Body, string? Cache, int Queries, string? Instance, string? ETag, string? MediaType)
{
    /// <summary><c>Content-Language</c>.</summary>
    public string? Language { get; init; }

    /// <summary><c>Cache-Control</c>.</summary>
    public string? CacheControl { get; init; }

    /// <summary>Whether it repeats an earlier answer, from <c>Idempotency-Replayed</c>.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>Bytes of the body.</summary>
    public int Length { get; init; }

    /// <summary>Where a created resource is.</summary>
    public Uri? Location { get; init; }

    public string Text(string path) => Body![path]!.GetValue<string>();
}

/// <summary>A user of the API. Opens a connection for each request, so that requests reach every replica.</summary>
public sealed partial class ApiClient(Uri address)
{
    private static int _numbers = Random.Shared.Next(100_000_000, 800_000_000);
    private AuthenticationHeaderValue? _token;

    /// <summary>For requests that are sent by other means.</summary>
    public AuthenticationHeaderValue? Authorization => _token;

    /// <summary>The API's public address.</summary>
    public Uri Address => address;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    /// <summary>Registers a new user and signs in.</summary>
    public async Task<ApiClient> SignUpAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        const string Password = "Passw0rd!-1";
        var registered = await SendAsync(HttpMethod.Post, "/auth/register", new { email, password = Password });
        Assert.Equal(HttpStatusCode.OK, registered.Status);
        return await SignInAsync(email, Password);
    }

    public async Task<ApiClient> SignInAsync(string email, string password)
    {
        var answer = await SendAsync(HttpMethod.Post, "/auth/login", new { email, password });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        _token = new AuthenticationHeaderValue("Bearer", answer.Text("accessToken"));
        return this;
    }

    /// <summary>Goes on with another token.</summary>
    public ApiClient WithToken(string accessToken)
    {
        _token = new AuthenticationHeaderValue("Bearer", accessToken);
        return this;
    }

    public Task<ApiClient> SignInAsAdministratorAsync() => SignInAsync(RunningApplication.AdminEmail, RunningApplication.AdminPassword);

    /// <summary>Creates the caller's organization and gives back its id.</summary>
    public async Task<Guid> CreateOrganizationAsync(string sector = "ICT", params string[] keyTechnologies)
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/organizations", new
        {
            type = "COMPANY",
            name = "시험 회사",
            businessNumber = NextBusinessNumber(),
            industrySector = sector,
            technologyReadinessLevel = 5,
            rdExperience = true,
            keyTechnologies,
        });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return Guid.Parse(answer.Text("id"));
    }

    public Task<ApiAnswer> GenerateAsync(Guid organizationId, int limit = 3) =>
        SendAsync(HttpMethod.Post, $"/api/matches/generate?organizationId={organizationId}&limit={limit}");

    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, object? body = null, string? ifNoneMatch = null, string mediaType = "application/json",
        string? language = null, string? ifMatch = null, params string[] idempotencyKeys)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.ConnectionClose = true;
        request.Headers.Authorization = _token;
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        foreach (var key in idempotencyKeys)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        if (body is not null)
        {
            request.Content = body is string text
                ? new StringContent(text, System.Text.Encoding.UTF8, mediaType)
                : JsonContent.Create(body, mediaType: new MediaTypeHeaderValue(mediaType));
        }

        using var response = await http.SendAsync(request, CancellationToken);
        var content = await response.Content.ReadAsStringAsync(CancellationToken);
        return new ApiAnswer(
            response.StatusCode,
            content.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
                ? JsonNode.Parse(content)
                : null,
            Header(response, "X-Cache"),
            Header(response, "Server-Timing") is { } timing ? int.Parse(QueryCount().Match(timing).Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1,
            Header(response, "X-Instance"),
            response.Headers.ETag?.ToString(),
            response.Content.Headers.ContentType?.MediaType)
        {
            Language = response.Content.Headers.ContentLanguage.SingleOrDefault(),
            Location = response.Headers.Location,
            CacheControl = response.Headers.CacheControl?.ToString(),
            IsReplayed = Header(response, "Idempotency-Replayed") == "true",
            Length = content.Length,
        };
    }

    public static string NextBusinessNumber() => BusinessNumber.Of(Interlocked.Increment(ref _numbers)).ToString();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    [GeneratedRegex("db;desc=\"(\\d+)\"")]
    private static partial Regex QueryCount();
}
