using System.Security.Claims;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authorization;

namespace Connect.Api.Http;

/// <summary>
/// The caller of a request, and the policies of routes. A route that names none is for people: a program's key opens only what says so.
/// </summary>
internal static class Caller
{
    /// <summary>The policy of routes that administrators may call, and their keys: those that only read with <see cref="ApiKeyScope.AdminRead"/>.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>The policy of routes that any key may read.</summary>
    public const string ReadPolicy = "read";

    /// <summary>The policy of routes that change an organization's data, for which a key needs <see cref="ApiKeyScope.Write"/>.</summary>
    public const string WritePolicy = "write";

    /// <summary>The policy of routes for people and for administrators' keys with <see cref="ApiKeyScope.AdminWrite"/>.</summary>
    public const string OwnerPolicy = "owner";

    /// <summary>Adds the policies.</summary>
    public static void AddCallerPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .SetDefaultPolicy(Require(static (caller, _) => caller.Scope is null))
        .AddPolicy(ReadPolicy, Require(static (_, _) => true))
        .AddPolicy(WritePolicy, Require(static (caller, _) => caller.Scope is null or ApiKeyScope.Write))
        .AddPolicy(OwnerPolicy, Require(static (caller, _) => caller.Scope is null or ApiKeyScope.AdminWrite))
        .AddPolicy(AdminPolicy, Require(static (caller, http) => caller.IsAdministrator && caller.Scope switch
        {
            null or ApiKeyScope.AdminWrite => true,
            ApiKeyScope.AdminRead => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method),
            _ => false,
        }));

    /// <summary>The caller.</summary>
    /// <exception cref="InvalidOperationException">There is none: the route lacks its authorization.</exception>
    public static CallerPrincipal Of(HttpContext http) =>
        http.User as CallerPrincipal ?? throw new InvalidOperationException("The caller is not signed in.");

    /// <summary>The caller's <see cref="CallerPrincipal.Id"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none: the route lacks its authorization.</exception>
    public static Guid IdOf(ClaimsPrincipal user) =>
        (user as CallerPrincipal)?.Id ?? throw new InvalidOperationException("The caller is not signed in.");

    private static AuthorizationPolicy Require(Func<CallerPrincipal, HttpContext, bool> isAllowed) => new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context is { User: CallerPrincipal caller, Resource: HttpContext http } && isAllowed(caller, http))
        .Build();
}
