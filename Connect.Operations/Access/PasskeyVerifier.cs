using System.Runtime.ExceptionServices;
using Connect.Caching.Generations;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Connect.Operations.Access;

/// <summary>
/// Verifies the answers of passkeys by Identity's own support, which keeps the challenge in a protected cookie. That is deleted with the
/// answer, but a copy of it would be accepted again: the time of the last accepted challenge, in the database, prevents that.
/// </summary>
internal sealed class PasskeyVerifier(SignInManager<User> signIn, UserManager<User> users, ConnectDbContext context)
{
    private const string MadeAt = "connect:made";

    // The longest that WebAuthn allows.
    private const int MaxCredentialIdLength = 1_023;

    /// <summary>Writes into the cookie when its challenge was made: the cookie's own time has whole seconds.</summary>
    public static void Stamp(AuthenticationProperties cookie, DateTimeOffset now) =>
        cookie.SetString(MadeAt, now.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The user whose passkey answered the challenge of a sign-in; null where the answer is not good.</summary>
    public async Task<User?> FindUserAsync(HttpContext http, string credential)
    {
        if (await FindTimeAsync(http) is not { } madeAt
            || await AnswerAsync(credential, signIn.PerformPasskeyAssertionAsync) is not { } answer
            || !IsGood(answer.Succeeded, answer.Failure)
            || !await TryUseAsync(answer.User!.Id, madeAt))
        {
            return null;
        }

        return (await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey!)).Succeeded ? answer.User : null;
    }

    /// <summary>Adds the passkey that answered the challenge of this user; false where the answer is not good.</summary>
    public async Task<bool> TryAddAsync(HttpContext http, User user, string name, string credential)
    {
        if (await FindTimeAsync(http) is not { } madeAt
            || await AnswerAsync(credential, signIn.PerformPasskeyAttestationAsync) is not { } answer
            || !IsGood(answer.Succeeded, answer.Failure)
            || answer.UserEntity!.Id != user.Id.ToString()
            || !CanBeStored(answer.Passkey!)
            || !await TryUseAsync(user.Id, madeAt))
        {
            return false;
        }

        answer.Passkey!.Name = name;
        return (await users.AddOrUpdatePasskeyAsync(user, answer.Passkey)).Succeeded;
    }

    private static async Task<DateTimeOffset?> FindTimeAsync(HttpContext http) =>
        (await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Properties?.GetString(MadeAt) is { } ticks
        && long.TryParse(ticks, out var parsed)
            ? new DateTimeOffset(parsed, TimeSpan.Zero)
            : null;

    private static async Task<T?> AnswerAsync<T>(string credential, Func<string, Task<T>> perform)
        where T : class
    {
        if (credential.Length == 0)
        {
            return null;
        }

        try
        {
            return await perform(credential);
        }
        catch (InvalidOperationException)
        {
            // The cookie has no challenge, or one for the other purpose. Everything else is in the result.
            return null;
        }
    }

    // Identity makes a refusal of every error. Without the database nothing was decided.
    private static bool IsGood(bool succeeded, PasskeyException? failure)
    {
        if (failure?.InnerException is { } cause && PrimaryDatabase.IsUnreachable(cause))
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        return succeeded;
    }

    private static bool CanBeStored(UserPasskeyInfo passkey) =>
        passkey.CredentialId.Length <= MaxCredentialIdLength && passkey.Transports?.Any(transport => transport.Any(char.IsControl)) != true;

    // In one statement: of two requests with one challenge, on whatever instances, one is let in.
    private async Task<bool> TryUseAsync(Guid userId, DateTimeOffset madeAt) => await context.Users
        .Where(u => u.Id == userId && (u.LastChallengeAt == null || u.LastChallengeAt < madeAt))
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastChallengeAt, madeAt)) == 1;
}
