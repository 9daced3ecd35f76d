using Microsoft.AspNetCore.Authorization;

namespace Connect.Api.Identity;

/// <summary>Fails the start if a route lacks an access rule: it would be open to anybody.</summary>
internal static class AccessCheck
{
    /// <summary>Checks all routes that are mapped.</summary>
    /// <exception cref="InvalidOperationException">A route neither requires authorization nor allows anonymous users.</exception>
    public static void CheckAccess(this IEndpointRouteBuilder app)
    {
        var open = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"These routes need RequireAuthorization or AllowAnonymous: {string.Join(", ", open)}.");
        }
    }
}
