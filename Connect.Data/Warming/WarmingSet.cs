using System.Collections.Immutable;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Warming;

/// <summary>The rankings to warm.</summary>
/// <param name="AsOf">The future moment that they are for; null for now.</param>
/// <param name="ActiveSince">Organizations that were active since then.</param>
/// <param name="MaxOrganizations">Most organizations, the latest active first.</param>
public sealed record WarmingScope(DateTimeOffset? AsOf, DateTimeOffset ActiveSince, int MaxOrganizations);

/// <summary>
/// The shared inputs of all rankings of one pass, with the generations that they were loaded under: a ranking whose
/// name was composed after an eviction must not be computed from data that was loaded before it.
/// </summary>
public sealed class WarmingSet
{
    private readonly IReadOnlyDictionary<string, long> _generations;
    private readonly ActiveProgramList _programs;

    internal WarmingSet(DateTimeOffset? asOf, ImmutableArray<Guid> organizations, IReadOnlyDictionary<string, long> generations, ActiveProgramList programs, int queries)
    {
        AsOf = asOf;
        Organizations = organizations;
        _generations = generations;
        _programs = programs;
        Queries = queries;
    }

    /// <summary>The tags that every ranking has besides its organization's.</summary>
    internal static string[] SharedTags { get; } = [ConnectTags.Programs, ConnectTags.Matches];

    /// <summary>The future moment that the pass is for; null for now.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>Active organizations with a complete profile, the latest active first.</summary>
    public ImmutableArray<Guid> Organizations { get; }

    /// <summary>Database queries that it took.</summary>
    public int Queries { get; }

    internal bool IsOvertakenBy(IReadOnlyDictionary<string, long> generations) =>
        _generations.Any(known => generations[known.Key] != known.Value);

    /// <summary>The programs for the cached list, if its tags were not evicted since; it has fewer tags than a ranking.</summary>
    internal ActiveProgramList? FindList(CacheComputation computation) =>
        computation.IsNamedBy(_generations, ConnectTags.Programs) ? _programs : null;

    /// <summary>The programs for a ranking, if its shared tags were not evicted since.</summary>
    internal ActiveProgramList? FindPrograms(CacheComputation computation) =>
        computation.IsNamedBy(_generations, SharedTags) ? _programs : null;
}

/// <summary>The profiles of some organizations of a pass, with the generations that they were loaded under.</summary>
public sealed class WarmingBatch
{
    private readonly Dictionary<Guid, OrganizationProfile> _profiles;
    private readonly IReadOnlyDictionary<string, long> _generations;

    internal WarmingBatch(
        WarmingSet set, IEnumerable<Guid> organizations, IEnumerable<OrganizationProfile> profiles, IReadOnlyDictionary<string, long> generations, int queries)
    {
        Set = set;
        Queries = queries;
        _profiles = profiles.ToDictionary(profile => profile.Id);
        _generations = generations;
        Organizations = [.. organizations.Where(_profiles.ContainsKey)];
        IsOvertaken = set.IsOvertakenBy(generations);
    }

    /// <summary>The pass that it belongs to.</summary>
    public WarmingSet Set { get; }

    /// <summary>Whether a tag of every ranking was evicted since the pass began: then the rest of the pass is useless.</summary>
    public bool IsOvertaken { get; }

    /// <summary>Database queries that it took.</summary>
    public int Queries { get; }

    /// <summary>The organizations that still exist, in the given order.</summary>
    public ImmutableArray<Guid> Organizations { get; }

    /// <summary>The loaded inputs of an organization's ranking that were not evicted since.</summary>
    internal RankingInputs Find(Guid organizationId, CacheComputation computation) => new(
        _profiles.TryGetValue(organizationId, out var profile) && computation.IsNamedBy(_generations, ConnectTags.Organization(organizationId))
            ? profile
            : null,
        Set.FindPrograms(computation));
}
