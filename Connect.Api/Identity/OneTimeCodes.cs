using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Connect.Api.Identity;

/// <summary>
/// Codes of authenticators, each accepted once (RFC 6238, 5.2): Identity's own provider accepts a code as often as it comes in its minutes.
/// </summary>
internal sealed class OneTimeCodes(ConnectDbContext context, TimeProvider time) : AuthenticatorTokenProvider<User>
{
    // Steps of 30 seconds before and after now, as Identity has them: for clocks that differ by up to a minute.
    private static readonly VerificationWindow Window = new(previous: 2, future: 2);

    /// <inheritdoc />
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentNullException.ThrowIfNull(user);
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key
            || !new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(time.GetUtcNow().UtcDateTime, token, out var step, Window))
        {
            return false;
        }

        // In one statement: of two requests with one code, on whatever instances, one is let in.
        return await context.Users
            .Where(u => u.Id == user.Id && (u.LastCodeStep == null || u.LastCodeStep < step))
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastCodeStep, step)) == 1;
    }
}
