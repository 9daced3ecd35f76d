using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity;

/// <summary>
/// Identity's users, with failures that are all counted, sign-ins that do not refuse each other, and one result that its endpoints
/// ignore: of two concurrent requests for an authenticator key, the second would be answered with a key that was not stored.
/// </summary>
internal sealed class Users(
    IUserStore<User> store, IOptions<IdentityOptions> options, IPasswordHasher<User> passwords, IEnumerable<IUserValidator<User>> userValidators,
    IEnumerable<IPasswordValidator<User>> passwordValidators, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services,
    ILogger<Users> logger)
    : UserManager<User>(store, options, passwords, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    /// <summary>Counts a failure, in one statement: of guesses at the same time, none is left out.</summary>
    public override async Task<IdentityResult> AccessFailedAsync(User user) => Store is AccountStore accounts
        ? await accounts.CountFailureAsync(user, Options.Lockout, CancellationToken)
        : await base.AccessFailedAsync(user);

    /// <summary>Forgets the failures, in one statement: of sign-ins of one user at the same time, none conflicts with another.</summary>
    public override async Task<IdentityResult> ResetAccessFailedCountAsync(User user) => Store is AccountStore accounts
        ? await accounts.ForgetFailuresAsync(user, CancellationToken)
        : await base.ResetAccessFailedCountAsync(user);

    /// <exception cref="DbUpdateConcurrencyException">Another request changed the user at the same time; answered with 409.</exception>
    public override async Task<IdentityResult> ResetAuthenticatorKeyAsync(User user)
    {
        var result = await base.ResetAuthenticatorKeyAsync(user);
        return result.Errors.Any(static error => error.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))
            ? throw new DbUpdateConcurrencyException("The user was changed by another request.")
            : result;
    }
}
