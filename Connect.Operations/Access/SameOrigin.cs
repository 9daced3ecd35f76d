using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connect.Operations.Access;

/// <summary>
/// Refuses connections from pages of other origins: browsers send cookies with a WebSocket's handshake and do not apply CORS
/// to it.
/// </summary>
internal static class SameOrigin
{
    /// <summary>The path of the connections of open pages.</summary>
    public const string HubPath = "/_blazor";

    /// <summary>Adds the check, ahead of the endpoints.</summary>
    public static void UseSameOriginHub(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(HubPath) || IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>Whether the <c>Origin</c> header names this host. It may be missing only from a GET that is no handshake.</summary>
    public static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            ? HttpMethods.IsGet(request.Method) && request.Headers[HeaderNames.Upgrade].Count == 0
            : IsOwn(request, origin);
    }

    /// <summary>Whether an origin is that of the page.</summary>
    public static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
