using System.Security.Claims;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Operations.Access;

/// <summary>
/// Decides whether a signed-in user is still an administrator. Checked with each request, every 30 seconds of an open page, and
/// before each action.
/// </summary>
internal sealed class OperationsAccess(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>How long a sign-in lasts; activity does not extend it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>How long a sign-in is proof enough to add a passkey.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    private const string StampClaim = "connect:stamp";
    private const string SinceClaim = "connect:since";

    /// <summary>The claims of the cookie: id, role, security stamp and time of sign-in, but neither name nor address.</summary>
    public async Task<ClaimsPrincipal> DescribeAsync(UserManager<User> users, User user) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new(ClaimTypes.Role, User.AdminRole),
            new(StampClaim, await users.GetSecurityStampAsync(user)),
            new(SinceClaim, time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ],
        OperationsCookie.Scheme));

    /// <summary>Whether the sign-in is younger than <see cref="Recent"/>.</summary>
    public bool IsRecent(ClaimsPrincipal principal) => AgeOf(principal) <= Recent;

    /// <summary>
    /// Whether the sign-in is younger than <see cref="Lifetime"/> and the database still lists the user as an administrator,
    /// not locked out and with the same security stamp.
    /// While the database cannot be reached the answer is yes: roles cannot change and no action can be carried out.
    /// </summary>
    public async Task<bool> IsAdministratorAsync(ClaimsPrincipal principal)
    {
        if (AgeOf(principal) is not { } age || age > Lifetime)
        {
            return false;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            return principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
                && await users.FindByIdAsync(id) is { } user
                && await users.GetSecurityStampAsync(user) == principal.FindFirstValue(StampClaim)
                && !await users.IsLockedOutAsync(user)
                && await users.IsInRoleAsync(user, User.AdminRole);
        }
        catch (Exception exception) when (PrimaryDatabase.IsUnreachable(exception))
        {
            return true;
        }
    }

    private TimeSpan? AgeOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(SinceClaim), out var since) ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(since) : null;
}
