using System.Security.Claims;
using System.Text.Encodings.Web;
using Connect.Api.Identity.ApiKeys;
using Connect.Api.Identity.External;
using Connect.Api.Identity.Sessions;
using Connect.Data.Accounts;
using Connect.Data.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Connect.Api.Identity.Access;

/// <summary>Whether tokens of an external issuer are accepted.</summary>
internal sealed class CallerAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>Whether an issuer is configured.</summary>
    public bool HasIssuer { get; set; }
}

/// <summary>
/// Tells who calls: a token of the API's own, of an issuer, or a program's key. The token says who it was when it was issued; what the
/// caller may do now, and whether the token is still good, is read from a cached layer with each request, so that a lock-out, a role and
/// the end of a session count on every instance within milliseconds.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<CallerAuthenticationOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessReader access, KeySecrets secrets, KeyUses uses)
    : AuthenticationHandler<CallerAuthenticationOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Connect";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeySecrets.Read(Request) is { } text)
        {
            return await FindProgramAsync(text) is { } program ? Success(program) : AuthenticateResult.Fail("The key is not good.");
        }

        var scheme = Options.HasIssuer && ExternalIssuer.IsJwt(Request) ? ExternalIssuer.Scheme : IdentityConstants.BearerScheme;
        var result = await Context.AuthenticateAsync(scheme);
        return !result.Succeeded ? result
            : await FindPersonAsync(result.Ticket, isIssuers: scheme == ExternalIssuer.Scheme) is { } person ? Success(person)
            : AuthenticateResult.Fail("The token is no longer good.");
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Context.ChallengeAsync(IdentityConstants.BearerScheme, properties);

    private static AuthenticateResult Success(CallerPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName));

    private async ValueTask<CallerPrincipal?> FindPersonAsync(AuthenticationTicket ticket, bool isIssuers)
    {
        if (!Guid.TryParse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            || await access.FindUserAsync(userId, Context.RequestAborted) is not { } user
            || user.IsLockedOutAt(TimeProvider.GetUtcNow()))
        {
            return null;
        }

        if (isIssuers)
        {
            return CallerPrincipal.Person(
                user, ticket.Principal.IsInRole(User.AdminRole), sessionId: null, ExternalIssuer.IssuedAt(ticket.Principal));
        }

        // A token of a release without sessions has none; it expires within the hour.
        var session = SessionClaims.SessionOf(ticket.Principal);
        return session is { } id && user.EndedSessions.Contains(id)
            ? null
            : CallerPrincipal.Person(user, isAdministrator: false, session, ticket.Properties.ExpiresUtc - UserSession.AccessLifetime);
    }

    private async ValueTask<CallerPrincipal?> FindProgramAsync(string text)
    {
        var now = TimeProvider.GetUtcNow();
        if (await secrets.TryReadAsync(text, Context.RequestAborted) is not { } secret
            || await access.FindKeyAsync(secret.KeyId, Context.RequestAborted) is not { } key
            || !secret.Opens(key, now))
        {
            return null;
        }

        // An administrator's key can do no more than the administrator can now.
        if (key.AdministratorId is { } administratorId
            && (await access.FindUserAsync(administratorId, Context.RequestAborted) is not { IsAdministrator: true } user || user.IsLockedOutAt(now)))
        {
            return null;
        }

        uses.Note(key.KeyId);
        return CallerPrincipal.Program(key);
    }
}
