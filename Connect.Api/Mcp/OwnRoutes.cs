using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Mcp;

/// <summary>
/// Asks the API's own routes, in this process, in the name of a request's caller. The request passes the whole pipeline: whatever is refused,
/// limited or answered over HTTP is refused, limited and answered alike.
/// </summary>
internal sealed class OwnRoutes(IServiceScopeFactory scopes)
{
    private static readonly string[] Passed = [HeaderNames.Authorization, HeaderNames.Host];

    private RequestDelegate? _pipeline;

    /// <summary>To be added before all other middleware, which is what the requests pass.</summary>
    public static void Open(WebApplication app)
    {
        var routes = app.Services.GetRequiredService<OwnRoutes>();
        app.Use(next => routes._pipeline = next);
    }

    /// <summary>Asks a route.</summary>
    /// <param name="caller">The request whose caller asks.</param>
    /// <param name="method">GET, or a POST without a body.</param>
    /// <param name="path">The route's path.</param>
    /// <param name="query">The query string.</param>
    /// <param name="language">The value of <c>Accept-Language</c>; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The status, and the body in UTF-8.</returns>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public async Task<(int Status, byte[] Body)> SendAsync(
        HttpContext caller, string method, string path, QueryString query, string? language, CancellationToken cancellationToken)
    {
        var pipeline = _pipeline ?? throw new InvalidOperationException("The pipeline is not built yet.");
        await using var scope = scopes.CreateAsyncScope();
        using var body = new MemoryStream();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Path = path,
            QueryString = query.Value ?? "",
            Scheme = caller.Request.Scheme,
            Protocol = caller.Request.Protocol,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set(caller.Features.Get<IHttpConnectionFeature>());
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellationToken });
        features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = scope.ServiceProvider });
        var http = new DefaultHttpContext(features);
        foreach (var header in Passed)
        {
            http.Request.Headers[header] = caller.Request.Headers[header];
        }

        http.Request.Headers.Accept = MediaTypeNames.Application.Json;
        http.Request.Headers.AcceptLanguage = language;
        await pipeline(http);
        await http.Response.CompleteAsync();
        return (http.Response.StatusCode, body.ToArray());
    }
}
