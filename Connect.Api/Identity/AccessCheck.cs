using Microsoft.AspNetCore.Authorization;

namespace Connect.Api.Identity;

/// <summary>A route that does not say who may call it is a mistake, and everybody could until somebody notices.</summary>
internal static class AccessCheck
{
    /// <summary>Checks all routes that are mapped.</summary>
    /// <exception cref="InvalidOperationException">A route has neither a rule nor the word that it needs none.</exception>
    public static void CheckAccess(this IEndpointRouteBuilder app)
    {
        var open = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"Say who may call it, by RequireAuthorization or AllowAnonymous: {string.Join(", ", open)}.");
        }
    }
}
