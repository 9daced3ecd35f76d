using Connect.Data.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Connect.Operations.Access;

/// <summary>
/// Signs administrators in. A refusal has the same answer for every reason and takes about the same time; the log has
/// the reason and the user's id.
/// </summary>
internal sealed partial class OperationsSignIn(
    UserManager<User> users, SignInManager<User> signIn, PasskeyVerifier passkeys, OperationsAccess access, ILogger<OperationsSignIn> logger)
{
    // Compared when no user has the address, so that the answer takes as long as for a wrong password.
    private static readonly string UnknownUserHash = new PasswordHasher<User>().HashPassword(new User(), Guid.NewGuid().ToString());

    /// <summary>Signs a user in; false if that is refused.</summary>
    /// <param name="context">The request; its response gets the cookie.</param>
    /// <param name="email">The user's address.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="code">The code of the user's authenticator; needed only if one is set up.</param>
    public async Task<bool> TryAsync(HttpContext context, string email, string password, string? code)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            users.PasswordHasher.VerifyHashedPassword(new User(), UnknownUserHash, password);
            Log.RefusedUnknown(logger);
            return false;
        }

        return await EndAsync(context, user, await FindReasonAsync(user, password, code));
    }

    /// <summary>
    /// Signs in the user whose passkey answered the challenge; false if that is refused. Without a code: the authenticator has verified
    /// its user, and is a second factor itself.
    /// </summary>
    /// <param name="context">The request; its response gets the cookie.</param>
    /// <param name="credential">The browser's <c>PublicKeyCredential</c>, as JSON.</param>
    public async Task<bool> TryPasskeyAsync(HttpContext context, string credential)
    {
        if (await passkeys.FindUserAsync(context, credential) is { } user)
        {
            return await EndAsync(context, user, await FindReasonAsync(user));
        }

        Log.RefusedPasskey(logger);
        return false;
    }

    private async Task<bool> EndAsync(HttpContext context, User user, string? reason)
    {
        if (reason is not null)
        {
            Log.Refused(logger, user.Id, reason);
            return false;
        }

        await context.SignInAsync(OperationsCookie.Scheme, await access.DescribeAsync(users, user));
        Log.SignedIn(logger, user.Id);
        return true;
    }

    private async Task<string?> FindReasonAsync(User user) =>
        !await signIn.CanSignInAsync(user) ? "not allowed"
        : await users.IsLockedOutAsync(user) ? "locked out"
        : await users.IsInRoleAsync(user, User.AdminRole) ? null
        : "no administrator";

    private async Task<string?> FindReasonAsync(User user, string password, string? code)
    {
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            return result.IsLockedOut ? "locked out" : "wrong password";
        }

        if (!await users.IsInRoleAsync(user, User.AdminRole))
        {
            return "no administrator";
        }

        return !await users.GetTwoFactorEnabledAsync(user) || await IsCodeRightAsync(user, code) ? null : "wrong code";
    }

    private async Task<bool> IsCodeRightAsync(User user, string? code)
    {
        var digits = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length > 0 && await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, digits))
        {
            await users.ResetAccessFailedCountAsync(user);
            return true;
        }

        await users.AccessFailedAsync(user);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Administrator {UserId} signed in to the operations page")]
        public static partial void SignedIn(ILogger logger, Guid userId);

        [LoggerMessage(2, LogLevel.Warning, "User {UserId} was refused at the operations page: {Reason}")]
        public static partial void Refused(ILogger logger, Guid userId, string reason);

        [LoggerMessage(3, LogLevel.Warning, "An unknown user was refused at the operations page")]
        public static partial void RefusedUnknown(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "A passkey was refused at the operations page")]
        public static partial void RefusedPasskey(ILogger logger);
    }
}
