using System.Security.Claims;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Operations.Access;

/// <summary>
/// Who may see the operations page: administrators, until they are none any more. Asked anew with each page, each minute
/// of an open one, and before each action.
/// </summary>
internal sealed class OperationsAccess(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>How long a sign-in lasts, whatever happens meanwhile.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private const string StampClaim = "connect:stamp";
    private const string SinceClaim = "connect:since";

    /// <summary>What the cookie says of an administrator. Neither a name nor an address.</summary>
    public async Task<ClaimsPrincipal> DescribeAsync(UserManager<User> users, User user) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new(ClaimTypes.Role, User.AdminRole),
            new(StampClaim, await users.GetSecurityStampAsync(user)),
            new(SinceClaim, time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ],
        OperationsCookie.Scheme));

    /// <summary>
    /// Whether this is still an administrator who signed in not long ago, by the database. While that is away, whoever was
    /// one stays one: nobody can have been made none, and without it nothing can be done.
    /// </summary>
    public async Task<bool> IsAdministratorAsync(ClaimsPrincipal principal)
    {
        if (!long.TryParse(principal.FindFirstValue(SinceClaim), out var since)
            || time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(since) > Lifetime)
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
        catch (Exception exception) when (DatabaseFailures.IsUnreachable(exception))
        {
            return true;
        }
    }
}
