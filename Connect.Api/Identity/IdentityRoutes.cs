using Connect.Api.RateLimits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace Connect.Api.Identity;

/// <summary>Sets access rules and rate limits of Identity's routes, which are mapped all at once.</summary>
internal static class IdentityRoutes
{
    /// <summary>Routes without a token. Routes that a later version of Identity adds require one.</summary>
    private static readonly string[] Open =
    [
        "/register", "/login", "/refresh", "/confirmEmail", "/resendConfirmationEmail", "/forgotPassword", "/resetPassword",
    ];

    /// <summary>Routes that create accounts or send mail, with the strict limit per address.</summary>
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
