using Connect.Api.RateLimits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace Connect.Api.Identity;

/// <summary>Says of Identity's routes, which come all at once, who may call them and how often.</summary>
internal static class IdentityRoutes
{
    /// <summary>What anybody may call, who has no token yet. Whatever a later version adds is not among them.</summary>
    private static readonly string[] Open =
    [
        "/register", "/login", "/refresh", "/confirmEmail", "/resendConfirmationEmail", "/forgotPassword", "/resetPassword",
    ];

    /// <summary>What makes accounts or sends mail, which an address may do a few times only.</summary>
    private static readonly string[] Registrations = ["/register", "/resendConfirmationEmail", "/forgotPassword"];

    public static void SecureIdentity(this IEndpointConventionBuilder routes) => routes.Add(endpoint =>
    {
        var path = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText ?? "";
        if (EndsWithAny(path, Open))
        {
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
        }

        endpoint.Metadata.Add(new EnableRateLimitingAttribute(
            EndsWithAny(path, Registrations) ? RateLimiting.Registration : RateLimiting.Login));
    });

    private static bool EndsWithAny(string path, string[] names) =>
        names.Any(name => path.EndsWith(name, StringComparison.OrdinalIgnoreCase));
}
