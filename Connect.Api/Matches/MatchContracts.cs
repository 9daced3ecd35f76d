using System.Text.Json.Serialization;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;

namespace Connect.Api.Matches;

/// <summary>An organization's best matches. The same shape for a hit, a miss and "nothing fits".</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="Matches">Best first; empty when nothing fits.</param>
/// <param name="AlgorithmVersion">The version of the rules that ranked them.</param>
/// <param name="Cached">Whether the ranking was there already.</param>
/// <param name="CacheTimestamp">When the ranking was computed.</param>
/// <param name="Message">Why the list is empty; null otherwise.</param>
public sealed record MatchesResponse(
    Guid OrganizationId, IReadOnlyList<MatchItem> Matches, string AlgorithmVersion, bool Cached, DateTimeOffset CacheTimestamp,
    string? Message)
{
    /// <summary>
    /// Programs that are not shown, at most 50, the highest scores first; only with <c>explain=true</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HiddenItem>? Hidden { get; init; }
}

/// <summary>A program that is not shown.</summary>
/// <param name="Score">The score that it would have.</param>
/// <param name="Codes">Stable codes of all reasons, such as <c>TRL_OUT_OF_RANGE</c>.</param>
/// <param name="Reasons">A sentence for each code.</param>
/// <param name="Program">The program.</param>
public sealed record HiddenItem(int Score, IReadOnlyList<string> Codes, IReadOnlyList<string> Reasons, MatchedProgram Program);

/// <summary>One match.</summary>
/// <param name="Id">The same for this organization and program, whenever it is computed.</param>
/// <param name="Score">0 to 100: the sum of the breakdown.</param>
/// <param name="Breakdown">Points by part.</param>
/// <param name="Explanation">The reasons for the points, in words.</param>
/// <param name="Program">The program.</param>
public sealed record MatchItem(Guid Id, int Score, BreakdownItem Breakdown, MatchExplanation Explanation, MatchedProgram Program);

/// <summary>Points by part.</summary>
/// <param name="Industry">Industry and keywords, 0 to 30.</param>
/// <param name="Trl">Technology readiness, 0 to 20.</param>
/// <param name="Type">Kind of organization, 0 to 20.</param>
/// <param name="Rnd">R&amp;D experience, 0 to 15.</param>
/// <param name="Deadline">Nearness of the deadline, 0 to 15.</param>
public sealed record BreakdownItem(int Industry, int Trl, int Type, int Rnd, int Deadline);

/// <summary>The program of a match.</summary>
/// <param name="Id">The program's id.</param>
/// <param name="Title">As announced; plain text.</param>
/// <param name="Agency">The agency whose board it stands on.</param>
/// <param name="Category">The board's category.</param>
/// <param name="BudgetAmount">Whole KRW as a decimal string; null where not announced.</param>
/// <param name="Deadline">Last moment to apply.</param>
/// <param name="DaysLeft">Seoul calendar days until the deadline: 0 on its last day.</param>
/// <param name="AnnouncementUrl">The announcement itself.</param>
public sealed record MatchedProgram(
    Guid Id, string Title, Agency Agency, string? Category, string? BudgetAmount, DateTimeOffset? Deadline, int? DaysLeft,
    string AnnouncementUrl);
