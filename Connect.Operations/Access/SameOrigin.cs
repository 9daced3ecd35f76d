using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Connect.Operations.Access;

/// <summary>
/// Refuses connections that pages of others open: browsers send cookies along with them, by rules of their own, and no
/// other check of the browser applies to WebSockets.
/// </summary>
internal static class SameOrigin
{
    /// <summary>Where open pages are connected.</summary>
    public const string HubPath = "/_blazor";

    /// <summary>Comes before the endpoints.</summary>
    public static void UseSameOriginHub(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(HubPath) || IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>Whether a request names its own origin. Only reads that are no handshake may name none.</summary>
    public static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            ? HttpMethods.IsGet(request.Method) && request.Headers[HeaderNames.Upgrade].Count == 0
            : string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
