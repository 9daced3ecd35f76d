using Microsoft.AspNetCore.Authorization;

namespace Connect.Api.Identity;

/// <summary>Fails the start if a route lacks an access rule: it would be open to anybody.</summary>
/// <exception cref="InvalidOperationException">A route neither requires authorization nor allows anonymous users.</exception>
internal sealed class AccessCheck(EndpointDataSource endpoints) : IStartupFilter
{
    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);

        // The endpoints that requests are routed to. The routes themselves would each be compiled once more.
        var open = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"These routes need RequireAuthorization or AllowAnonymous: {string.Join(", ", open)}.");
        }
    };
}
