using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;

namespace Connect.Data.Caching;

/// <summary>An organization's ranking as it is cached: nothing in it depends on who asks.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="OrganizationType">Decides the tone of explanations.</param>
/// <param name="ProfileCompleted">Whether the profile could be matched at all.</param>
/// <param name="Ranking">At most the first 15, best first. Deadlines are checked again on read.</param>
/// <param name="AlgorithmVersion">The version that computed it.</param>
/// <param name="ComputedAt">When it was computed.</param>
/// <param name="ValidUntil">
/// The earliest deadline in the ranking: when that call closes, another one may move up. Calls below the
/// ranking can close without changing it.
/// </param>
[ImmutableObject(true)]
public sealed record MatchResults(
    Guid OrganizationId,
    OrganizationType OrganizationType,
    bool ProfileCompleted,
    ImmutableArray<RankedMatch> Ranking,
    string AlgorithmVersion,
    DateTimeOffset ComputedAt,
    DateTimeOffset? ValidUntil) : IExpiringValue
{
    /// <summary>How many matches are kept for an organization.</summary>
    public const int MaxRanking = 15;
}
