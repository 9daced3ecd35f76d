using System.Security.Claims;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.Sessions;

/// <summary>
/// Identity's sign-in, with sessions: a sign-in begins one, and a refresh goes on with it. It runs inside
/// <see cref="IdentityTransaction"/>, which sends the tokens after the session is committed.
/// </summary>
internal sealed class SessionSignIn(
    UserManager<User> users, IHttpContextAccessor accessor, IUserClaimsPrincipalFactory<User> claims, IOptions<IdentityOptions> options,
    ILogger<SessionSignIn> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation, UserSessions sessions)
    : SignInManager<User>(users, accessor, claims, options, logger, schemes, confirmation)
{
    private (Guid Id, int Sequence)? _session;

    /// <inheritdoc />
    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        _session = (await sessions.BeginAsync(user.Id, Context.Request.Headers.UserAgent.ToString(), Context.RequestAborted), 0);
        var principal = await CreateUserPrincipalAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaims(additionalClaims);
        Context.Features.Set(new SignedIn(principal, authenticationProperties ?? new()));
    }

    /// <summary>The user whose refresh token this is; null where it is not good, or not good any more.</summary>
    public override async Task<User?> ValidateSecurityStampAsync(ClaimsPrincipal? principal)
    {
        if (principal is null
            || SessionClaims.SessionOf(principal) is not { } session
            || SessionClaims.SequenceOf(principal) is not { } sequence
            || await base.ValidateSecurityStampAsync(principal) is not { } user
            || await UserManager.IsLockedOutAsync(user)
            || !await sessions.TryRefreshAsync(session, user.Id, sequence, Context.RequestAborted))
        {
            return null;
        }

        _session = (session, sequence + 1);
        return user;
    }

    /// <inheritdoc />
    public override async Task<ClaimsPrincipal> CreateUserPrincipalAsync(User user)
    {
        var principal = await base.CreateUserPrincipalAsync(user);
        if (_session is var (id, sequence))
        {
            SessionClaims.Add(principal, id, sequence);
        }

        return principal;
    }
}

/// <summary>A sign-in whose tokens are sent after its session is committed.</summary>
/// <param name="Principal">The principal of the tokens.</param>
/// <param name="Properties">Of the sign-in.</param>
internal sealed record SignedIn(ClaimsPrincipal Principal, AuthenticationProperties Properties);
