using System.Collections.Immutable;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Explanations;

/// <summary>Everything that an explanation may speak of.</summary>
/// <param name="Owner">The match.</param>
/// <param name="Profile">The organization, without contact data.</param>
/// <param name="Program">The call.</param>
/// <param name="Breakdown">The points.</param>
/// <param name="Reasons">Why; none where profile and call no longer give these points.</param>
/// <param name="IsConsistent">Whether profile, call and points belong together.</param>
/// <param name="IsOpen">Whether the call can still be applied for.</param>
internal sealed record MatchFacts(
    MatchOwner Owner,
    OrganizationProfile Profile,
    ActiveProgram Program,
    ScoreBreakdown Breakdown,
    ImmutableArray<MatchReason> Reasons,
    bool IsConsistent,
    bool IsOpen);
