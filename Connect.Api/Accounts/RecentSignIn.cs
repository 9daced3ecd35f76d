using Connect.Api.Identity.External;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Connect.Api.Accounts;

/// <summary>How long ago the caller proved who it is, for accounts without a password.</summary>
internal sealed class RecentSignIn(TimeProvider time)
{
    /// <summary>The oldest sign-in that counts.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private const string AuthenticatedAt = "auth_time";

    /// <summary>Whether the token of an authenticated request is recent enough.</summary>
    public bool IsProvenBy(HttpContext http) => IssuedAt(http) is { } at && time.GetUtcNow() - at <= MaxAge;

    // The token was validated by now. An issuer's auth_time is that of the sign-in itself; without it, the time of the token counts.
    private static DateTimeOffset? IssuedAt(HttpContext http)
    {
        if (ExternalIssuer.IsJwt(http.Request))
        {
            var token = new JsonWebToken(http.Request.Headers.Authorization.ToString().Split(' ')[^1]);
            if (token.TryGetPayloadValue<long>(AuthenticatedAt, out var seconds))
            {
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            }
        }

        return Caller.Of(http).IssuedAt;
    }
}
