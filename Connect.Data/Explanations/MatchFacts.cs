using System.Collections.Immutable;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Explanations;

/// <summary>Everything that an explanation may mention.</summary>
/// <param name="Owner">The match.</param>
/// <param name="Profile">The organization, without contact data.</param>
/// <param name="Program">The program.</param>
/// <param name="Breakdown">The points.</param>
/// <param name="Reasons">The reasons; empty where profile and program no longer give these points.</param>
/// <param name="IsConsistent">Whether profile and program still give these points.</param>
/// <param name="IsOpen">Whether the program is still open, or upcoming.</param>
internal sealed record MatchFacts(
    MatchOwner Owner,
    OrganizationProfile Profile,
    ActiveProgram Program,
    ScoreBreakdown Breakdown,
    ImmutableArray<MatchReason> Reasons,
    bool IsConsistent,
    bool IsOpen);
