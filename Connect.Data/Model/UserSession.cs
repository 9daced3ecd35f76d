namespace Connect.Data.Model;

/// <summary>
/// One sign-in and all tokens that came from it. Each refresh token is good once: it carries the session's
/// <see cref="Sequence"/>, which its use increments.
/// </summary>
public sealed class UserSession
{
    public const int MaxClientLength = 100;

    /// <summary>How long an access token is good.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);

    /// <summary>How long a refresh token is good; each use gives a new one.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(14);

    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid UserId { get; set; }

    /// <summary>How often the session was refreshed; the refresh token that is good now carries this number.</summary>
    public int Sequence { get; set; }

    /// <summary>The program that signed in, from its <c>User-Agent</c>, for the user's own list; null if it sent none.</summary>
    public string? Client { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was refreshed last, or began.</summary>
    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>When its refresh token expires.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it ended before it expired: its access tokens are refused from then on. Null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended.</summary>
    public SessionEnd? EndReason { get; set; }
}

/// <summary>Reasons why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>Its user signed out.</summary>
    SignedOut,

    /// <summary>Its user ended all sessions, or this one from another.</summary>
    EndedByUser,

    /// <summary>A refresh token that had been used came again: one of the two who have it is a thief.</summary>
    TokenReused,
}
