using System.ComponentModel.DataAnnotations;
using Connect.Domain.Matching;

namespace Connect.Api.Matches;

/// <summary>An organization's marks of a match. A merge patch is applied to this shape.</summary>
public sealed record MatchMarks
{
    /// <summary>Whether it is saved.</summary>
    [Required]
    public bool? Saved { get; init; }

    /// <summary>Whether it was seen.</summary>
    [Required]
    public bool? Viewed { get; init; }

    /// <summary>What the organization does about it; null for nothing yet.</summary>
    public MatchStatus? Status { get; init; }

    /// <summary>Why it was dismissed: required with the status DISMISSED, null with every other.</summary>
    public DismissalReason? DismissalReason { get; init; }

    /// <summary>A note: plain text; null for none.</summary>
    [StringLength(FundingMatch.MaxNoteLength)]
    public string? Note { get; init; }
}

/// <summary>By whom marks were changed.</summary>
/// <param name="UserId">The user; null for a program's key.</param>
/// <param name="KeyId">The key; null for a user.</param>
/// <param name="Name">
/// A member's mail address, or the key's name; null for users of an external issuer, and for those who have left the organization.
/// </param>
public sealed record MarkAuthor(Guid? UserId, Guid? KeyId, string? Name);

/// <summary>One change of a match's status, reason or note.</summary>
/// <param name="Id">The change.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">By whom; null once the account or the key is gone.</param>
/// <param name="FromStatus">The status before; null for none.</param>
/// <param name="ToStatus">The status since; null for none.</param>
/// <param name="DismissalReason">The reason since; null unless the match is dismissed.</param>
/// <param name="Note">The note since; null for none.</param>
public sealed record MatchMarkChangeItem(
    Guid Id, DateTimeOffset At, MarkAuthor? By, MatchStatus? FromStatus, MatchStatus? ToStatus, DismissalReason? DismissalReason, string? Note);

/// <summary>How many stored matches of an organization have which status.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Statuses">Every status, also those of no match.</param>
/// <param name="DismissalReasons">Every reason, also those of no match.</param>
/// <param name="Years">By the year in Seoul in which the status was set, the latest first; only years with a match.</param>
public sealed record MatchOutcomes(
    Guid OrganizationId, IReadOnlyList<StatusCount> Statuses, IReadOnlyList<DismissalReasonCount> DismissalReasons,
    IReadOnlyList<OutcomeYear> Years);

/// <summary>How many matches have a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Count">How many.</param>
public sealed record StatusCount(MatchStatus Status, int Count);

/// <summary>How many matches were dismissed for a reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many.</param>
public sealed record DismissalReasonCount(DismissalReason Reason, int Count);

/// <summary>The matches whose status was set in a year.</summary>
/// <param name="Year">The year in Seoul.</param>
/// <param name="Statuses">Every status, also those of no match.</param>
public sealed record OutcomeYear(int Year, IReadOnlyList<StatusCount> Statuses);
