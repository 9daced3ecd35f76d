using Connect.Api.Audit;
using Connect.Data.Model;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Api.Accounts;

/// <summary>The deletion of the caller's account.</summary>
public sealed record DeleteAccountRequest
{
    /// <summary>The caller's password. Accounts without one need a recent sign-in instead.</summary>
    public string? Password { get; init; }
}

/// <summary>Everything that is kept of a person, without secrets and their hashes.</summary>
/// <param name="Account">The account.</param>
/// <param name="Organization">The organization that it belongs to; null for none.</param>
/// <param name="Sessions">Sign-ins, until 30 days after their end.</param>
/// <param name="Passkeys">Passkeys.</param>
/// <param name="Logins">Accounts at external issuers.</param>
/// <param name="ApiKeys">API keys that the user made.</param>
/// <param name="InvitationsReceived">Invitations to the confirmed address.</param>
/// <param name="InvitationsSent">Invitations that the user sent.</param>
/// <param name="Mails">Mails to the user.</param>
/// <param name="IdempotencyKeys">Writes that can be repeated, for a day.</param>
/// <param name="ExplanationsFullAt">When the allowance of explanations is full again; null where none was used in the last hour.</param>
/// <param name="Corrections">The last 10,000 fields of programs that an administrator has set by hand, newest first.</param>
/// <param name="MatchMarks">The last 10,000 changes of marks of matches that the user made, newest first.</param>
/// <param name="AuditEntries">The last 10,000 requests of an administrator, newest first.</param>
public sealed record AccountExport(
    ExportedAccount Account, ExportedMembership? Organization, IReadOnlyList<ExportedSession> Sessions, IReadOnlyList<ExportedPasskey> Passkeys,
    IReadOnlyList<ExportedLogin> Logins, IReadOnlyList<ExportedApiKey> ApiKeys, IReadOnlyList<ExportedInvitation> InvitationsReceived,
    IReadOnlyList<ExportedInvitation> InvitationsSent, IReadOnlyList<ExportedMail> Mails, IReadOnlyList<ExportedIdempotencyKey> IdempotencyKeys,
    DateTimeOffset? ExplanationsFullAt, IReadOnlyList<ExportedCorrection> Corrections, IReadOnlyList<ExportedMatchMark> MatchMarks,
    IReadOnlyList<AuditItem> AuditEntries);

/// <summary>An account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">The mail address; null for accounts of an external issuer.</param>
/// <param name="EmailConfirmed">Whether the address is confirmed.</param>
/// <param name="PhoneNumber">The telephone number; null for none.</param>
/// <param name="HasPassword">Whether it has a password.</param>
/// <param name="TwoFactorEnabled">Whether sign-in needs a second factor.</param>
/// <param name="FailedSignIns">Wrong passwords since the last right one.</param>
/// <param name="LockedUntil">Until when it is locked; null where it never was.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Claims">Its claims, by type.</param>
public sealed record ExportedAccount(
    Guid Id, string? Email, bool EmailConfirmed, string? PhoneNumber, bool HasPassword, bool TwoFactorEnabled, int FailedSignIns,
    DateTimeOffset? LockedUntil, IReadOnlyList<string> Roles, IReadOnlyList<ExportedClaim> Claims);

/// <summary>A claim of an account.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its value.</param>
public sealed record ExportedClaim(string? Type, string? Value);

/// <summary>A membership.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">What the user may do in it.</param>
public sealed record ExportedMembership(Guid Id, string Name, OrganizationRole Role);

/// <summary>A sign-in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Client">The program that signed in; null if it did not say.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was refreshed last.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="EndedAt">When it ended earlier; null if it did not.</param>
/// <param name="EndReason">Why it ended earlier.</param>
public sealed record ExportedSession(
    Guid Id, string? Client, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt,
    SessionEnd? EndReason);

/// <summary>A passkey.</summary>
/// <param name="Name">Its name; null for none.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ExportedPasskey(string? Name, DateTimeOffset CreatedAt);

/// <summary>An account at an external issuer.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="Subject">The user's id there.</param>
public sealed record ExportedLogin(string Issuer, string Subject);

/// <summary>An API key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">The organization whose data it opens; null for an administrator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scope">What it opens.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="LastUsedAt">When it was used last; null if it never was.</param>
/// <param name="RevokedAt">When it was revoked; null if it was not.</param>
public sealed record ExportedApiKey(
    Guid Id, Guid? OrganizationId, string Name, ApiKeyScope Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

/// <summary>An invitation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Email">The invited address.</param>
/// <param name="Role">The role that the invited person will have.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record ExportedInvitation(
    Guid Id, Guid OrganizationId, string Email, OrganizationRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>A mail.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Template">What it was about.</param>
/// <param name="Status">Whether it was sent.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="CompletedAt">When it was sent or given up; null while it waits.</param>
public sealed record ExportedMail(Guid Id, string Template, MailStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt);

/// <summary>A write that can be repeated.</summary>
/// <param name="Key">The client's key.</param>
/// <param name="Operation">The write.</param>
/// <param name="CreatedAt">When it was carried out.</param>
public sealed record ExportedIdempotencyKey(string Key, string Operation, DateTimeOffset CreatedAt);

/// <summary>A field of a program that was set by hand.</summary>
/// <param name="ProgramId">The program.</param>
/// <param name="Field">The field.</param>
/// <param name="Reason">Why it was set.</param>
/// <param name="CorrectedAt">When it was set.</param>
public sealed record ExportedCorrection(Guid ProgramId, CorrectedField Field, string Reason, DateTimeOffset CorrectedAt);

/// <summary>A change of marks of a match.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="At">When it was made.</param>
/// <param name="FromStatus">The status before; null for none.</param>
/// <param name="ToStatus">The status since; null for none.</param>
/// <param name="DismissalReason">The reason since; null unless the match is dismissed.</param>
/// <param name="Note">The note since; null for none.</param>
public sealed record ExportedMatchMark(
    Guid MatchId, DateTimeOffset At, MatchStatus? FromStatus, MatchStatus? ToStatus, DismissalReason? DismissalReason, string? Note);
