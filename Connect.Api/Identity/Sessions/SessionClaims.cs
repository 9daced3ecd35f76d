using System.Globalization;
using System.Security.Claims;

namespace Connect.Api.Identity.Sessions;

/// <summary>The claims by which a token belongs to a session.</summary>
internal static class SessionClaims
{
    private const string Session = "connect:session";
    private const string Sequence = "connect:sequence";

    /// <summary>Adds them.</summary>
    /// <param name="principal">The principal of both tokens.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="sequence">How often the session was refreshed: only the refresh token with the last number is good.</param>
    public static void Add(ClaimsPrincipal principal, Guid sessionId, int sequence) => ((ClaimsIdentity)principal.Identity!).AddClaims(
        [new Claim(Session, sessionId.ToString()), new Claim(Sequence, sequence.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The session of a token; null where it was issued by a release without sessions.</summary>
    public static Guid? SessionOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Session), out var id) ? id : null;

    /// <summary>The number of a refresh token.</summary>
    public static int? SequenceOf(ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(Sequence), CultureInfo.InvariantCulture, out var sequence) ? sequence : null;
}
