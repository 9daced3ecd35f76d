using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;

namespace Connect.Data.Caching;

/// <summary>An organization's ranking as it is cached, the same for every reader.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="OrganizationType">Decides the tone of explanations.</param>
/// <param name="ProfileCompleted">Whether the profile suffices for matching.</param>
/// <param name="Ranking">At most 15 matches, best first. Readers check deadlines again.</param>
/// <param name="AlgorithmVersion">Version of the algorithm.</param>
/// <param name="ComputedAt">When it was computed.</param>
/// <param name="ValidUntil">
/// The earliest deadline in the ranking: when that program closes, another one may move up. Programs below the
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
