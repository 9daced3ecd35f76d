using System.Security.Claims;
using Connect.Data.Model;

namespace Connect.Api.Http;

/// <summary>The signed-in user of a request.</summary>
internal static class Caller
{
    /// <summary>The policy that requires <see cref="User.AdminRole"/>.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>The signed-in user's id.</summary>
    /// <exception cref="InvalidOperationException">There is none: the route lacks its authorization.</exception>
    public static Guid IdOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? id
            : throw new InvalidOperationException("The caller is not signed in.");
}
