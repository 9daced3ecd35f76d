using Connect.Domain.Matching;
using Connect.Domain.Programs;

namespace Connect.Api.Matches;

/// <summary>A match as it was computed last, with the organization's marks.</summary>
/// <param name="Id">The same for this organization and program, whenever it is computed.</param>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Score">0 to 100: the sum of the breakdown.</param>
/// <param name="Breakdown">Points by part.</param>
/// <param name="Saved">Whether a member has saved it.</param>
/// <param name="Viewed">Whether a member has seen it.</param>
/// <param name="Status">What the organization does about it; null for nothing yet.</param>
/// <param name="DismissalReason">Why it was dismissed; null unless it is.</param>
/// <param name="Note">The organization's note; plain text, null for none.</param>
/// <param name="StatusAt">When the status was last changed; null if it never was.</param>
/// <param name="MarkedAt">When status, reason or note was last changed; null if they never were.</param>
/// <param name="MarkedBy">By whom; null once the account or the key is gone.</param>
/// <param name="ComputedAt">When it was last in the ranking.</param>
/// <param name="AlgorithmVersion">The version of the rules that gave the score.</param>
/// <param name="Etag">Tag of the marks, for <c>If-Match</c>.</param>
/// <param name="Program">The program as it is today.</param>
public sealed record StoredMatchItem(
    Guid Id, Guid OrganizationId, int Score, BreakdownItem Breakdown, bool Saved, bool Viewed, MatchStatus? Status,
    DismissalReason? DismissalReason, string? Note, DateTimeOffset? StatusAt, DateTimeOffset? MarkedAt, MarkAuthor? MarkedBy, DateTimeOffset ComputedAt,
    string AlgorithmVersion, string Etag, StoredMatchProgram Program);

/// <summary>The program of a stored match.</summary>
/// <param name="Id">The program's id.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Category">The board's category.</param>
/// <param name="Status">Whether it can still be applied for.</param>
/// <param name="BudgetAmount">Whole KRW as a decimal string; null where not announced.</param>
/// <param name="Deadline">Last moment to apply.</param>
/// <param name="DaysLeft">Seoul calendar days until the deadline: 0 on its last day, negative after it.</param>
/// <param name="AnnouncementUrl">The announcement itself.</param>
public sealed record StoredMatchProgram(
    Guid Id, string Title, Agency Agency, string? Category, ProgramStatus Status, string? BudgetAmount, DateTimeOffset? Deadline,
    int? DaysLeft, string AnnouncementUrl);
