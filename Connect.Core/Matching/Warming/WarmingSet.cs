using System.Collections.Immutable;
using Connect.Core.Caching;
using Connect.Core.Organizations;
using Connect.Core.Programs;

namespace Connect.Core.Matching.Warming;

/// <summary>Whose rankings to warm.</summary>
/// <param name="AsOf">The coming moment that they are for; null for now.</param>
/// <param name="ActiveSince">Organizations that were active since then.</param>
/// <param name="MaxOrganizations">At most so many, the latest active first.</param>
public sealed record WarmingScope(DateTimeOffset? AsOf, DateTimeOffset ActiveSince, int MaxOrganizations);

/// <summary>
/// What all rankings of one pass are computed from. Loaded ahead of the computations, so it carries the numbers that it
/// was loaded under: a name composed after an eviction must not get a value from before it.
/// </summary>
public sealed class WarmingSet
{
    private readonly SharedNumbers _numbers;
    private readonly ActiveProgramList _programs;

    internal WarmingSet(DateTimeOffset? asOf, ImmutableArray<Guid> organizations, SharedNumbers numbers, ActiveProgramList programs, int queries)
    {
        AsOf = asOf;
        Organizations = organizations;
        _numbers = numbers;
        _programs = programs;
        Queries = queries;
    }

    /// <summary>The coming moment that the pass is for; null for now.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>Active organizations with a complete profile, the latest active first.</summary>
    public ImmutableArray<Guid> Organizations { get; }

    /// <summary>Database queries that it took.</summary>
    public int Queries { get; }

    internal long Everything => _numbers.Everything;

    internal bool IsOvertakenBy(SharedNumbers numbers) => numbers != _numbers;

    /// <summary>The calls for the list's own name, which has fewer tags than a ranking's.</summary>
    internal ActiveProgramList? FindList(CacheComputation computation) =>
        computation.GenerationOf(CacheTags.Programs) == _numbers.Programs && computation.GenerationOf(CacheTags.Everything) == Everything
            ? _programs
            : null;

    /// <summary>The calls, if nothing evicted them since: the name being computed for has the numbers that they were loaded under.</summary>
    internal ActiveProgramList? FindPrograms(CacheComputation computation) => _numbers.IsOf(computation) ? _programs : null;
}

/// <summary>The profiles of some organizations of a pass, with the numbers that they were loaded under.</summary>
public sealed class WarmingBatch
{
    private readonly Dictionary<Guid, (long Number, OrganizationProfile Profile)> _profiles;

    internal WarmingBatch(
        WarmingSet set, IEnumerable<Guid> organizations, Dictionary<Guid, (long Number, OrganizationProfile Profile)> profiles,
        SharedNumbers numbers, int queries)
    {
        Set = set;
        Organizations = [.. organizations.Where(profiles.ContainsKey)];
        Queries = queries;
        IsOvertaken = set.IsOvertakenBy(numbers);
        _profiles = profiles;
    }

    /// <summary>The pass that it belongs to.</summary>
    public WarmingSet Set { get; }

    /// <summary>Whether something was evicted that every ranking of the pass depends on: what is left of it is in vain.</summary>
    public bool IsOvertaken { get; }

    /// <summary>Database queries that it took.</summary>
    public int Queries { get; }

    /// <summary>The organizations that are still there, in the order that they were asked for.</summary>
    public ImmutableArray<Guid> Organizations { get; }

    /// <summary>
    /// The profile, if nothing evicted it since. Equal, not at least: a number from before a failover may be larger
    /// than one of the database that is the truth now.
    /// </summary>
    internal OrganizationProfile? FindProfile(Guid organizationId, CacheComputation computation) =>
        _profiles.TryGetValue(organizationId, out var loaded)
            && computation.GenerationOf(CacheTags.Organization(organizationId)) == loaded.Number
            && computation.GenerationOf(CacheTags.Everything) == Set.Everything
            ? loaded.Profile
            : null;
}

/// <summary>The numbers that every ranking depends on.</summary>
internal readonly record struct SharedNumbers(long Programs, long Matches, long Everything)
{
    /// <summary>Their counters.</summary>
    public static readonly string[] Counters = [CacheTags.Programs, CacheTags.Matches, CacheTags.EverythingCounter];

    public static SharedNumbers Of(GenerationSnapshot snapshot) => new(
        snapshot.Numbers.GetValueOrDefault(Counters[0]), snapshot.Numbers.GetValueOrDefault(Counters[1]),
        snapshot.Numbers.GetValueOrDefault(Counters[2]));

    public bool IsOf(CacheComputation computation) =>
        computation.GenerationOf(CacheTags.Programs) == Programs
        && computation.GenerationOf(CacheTags.Matches) == Matches
        && computation.GenerationOf(CacheTags.Everything) == Everything;
}
