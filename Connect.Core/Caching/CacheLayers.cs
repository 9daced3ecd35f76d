using System.Collections.Immutable;
using Connect.Core.Explanations;
using Connect.Core.Matching;
using Connect.Core.Matching.Explanations;
using Connect.Core.Programs;

namespace Connect.Core.Caching;

/// <summary>
/// The registry of what is cached: keys, tags and TTLs. Nothing else builds a key or a TTL, so that a key has
/// the same tags wherever it is read.
/// </summary>
public static class CacheLayers
{
    private static readonly string[] ProgramTags = [CacheTags.Programs];

    /// <summary>An organization's ranking; evicted by its profile, by a scrape that changed a call, by an administrator.</summary>
    public static CacheLayer Matches { get; } = new("matches", "match:org:", TimeSpan.FromHours(24), TimeSpan.FromHours(1))
    {
        Qualifier = static now => new($"{MatchingAlgorithm.Version}|{SeoulTime.DateOf(now):yyyy-MM-dd}", SeoulTime.NextMidnight(now)),
    };

    /// <summary>What matching knows of an organization.</summary>
    public static CacheLayer Profiles { get; } = new("profile", "org:profile:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));

    /// <summary>Who belongs to an organization.</summary>
    public static CacheLayer Members { get; } = new("members", "org:members:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        Authorizes = true,
    };

    /// <summary>
    /// Whether an organization exists: probing ids costs one query per id in half a minute, and no place in Redis.
    /// </summary>
    public static CacheLayer Probes { get; } = new("probe", "org:probe:", TimeSpan.Zero, TimeSpan.FromSeconds(30))
    {
        FailSafe = false,
    };

    /// <summary>All open calls.</summary>
    public static CacheLayer ActivePrograms { get; } = new("programs", "programs:active:", TimeSpan.FromHours(6), TimeSpan.FromHours(1));

    /// <summary>
    /// What a model wrote about a match; evicted as the ranking is, whose points it speaks of. The text itself is stored
    /// in Postgres: a miss costs a query, not another call of the model.
    /// </summary>
    public static CacheLayer Explanations { get; } = new("explanations", "ai:explanation:", TimeSpan.FromHours(24), TimeSpan.FromMinutes(10))
    {
        Qualifier = static now => new(
            $"{MatchingAlgorithm.Version}|{ExplanationPrompt.Version}|{SeoulTime.DateOf(now):yyyy-MM-dd}", SeoulTime.NextMidnight(now)),
    };

    /// <summary>Whose match an id names, and of which call. That never changes, so nothing evicts it.</summary>
    public static CacheLayer MatchOwners { get; } = new("match-owner", "match:owner:", TimeSpan.FromDays(7), TimeSpan.FromHours(1));

    /// <summary>Whether a match exists: as <see cref="Probes"/> for organizations.</summary>
    public static CacheLayer MatchProbes { get; } = new("match-probe", "match:probe:", TimeSpan.Zero, TimeSpan.FromSeconds(30))
    {
        FailSafe = false,
    };

    /// <summary>Which user an external issuer's subject is, under a hash of both. That never changes either.</summary>
    public static CacheLayer ExternalUsers { get; } = new("external-user", "user:external:", TimeSpan.FromDays(7), TimeSpan.FromHours(1));

    /// <summary>What a caller of the abstraction stored under a key of its own.</summary>
    public static CacheLayer Other { get; } = new("other", "", TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));

    /// <summary>Every layer, in the order of reports.</summary>
    public static ImmutableArray<CacheLayer> All { get; } =
        [Matches, Profiles, Members, Probes, ActivePrograms, Explanations, MatchOwners, MatchProbes, ExternalUsers, Other];

    public static CacheEntry MatchesOf(Guid organizationId) => new(
        Matches,
        $"{Matches.KeyPrefix}{organizationId}:results",
        [CacheTags.Programs, CacheTags.Matches, CacheTags.Organization(organizationId)]);

    public static CacheEntry ProfileOf(Guid organizationId) =>
        new(Profiles, $"{Profiles.KeyPrefix}{organizationId}", [CacheTags.Organization(organizationId)]);

    public static CacheEntry MembersOf(Guid organizationId) =>
        new(Members, $"{Members.KeyPrefix}{organizationId}", [CacheTags.Organization(organizationId)]);

    public static CacheEntry ProbeOf(Guid organizationId) =>
        new(Probes, $"{Probes.KeyPrefix}{organizationId}", [CacheTags.Organization(organizationId)]);

    public static CacheEntry Programs() => new(ActivePrograms, $"{ActivePrograms.KeyPrefix}list", ProgramTags);

    public static CacheEntry ExplanationOf(Guid matchId, Guid organizationId, ExplanationLanguage language) => new(
        Explanations,
        $"{Explanations.KeyPrefix}{matchId}:{language.ToTag()}",
        [CacheTags.Programs, CacheTags.Matches, CacheTags.Organization(organizationId)]);

    public static CacheEntry MatchOwnerOf(Guid matchId) => new(MatchOwners, $"{MatchOwners.KeyPrefix}{matchId}", []);

    public static CacheEntry MatchProbeOf(Guid matchId) => new(MatchProbes, $"{MatchProbes.KeyPrefix}{matchId}", []);

    public static CacheEntry ExternalUserOf(string name) => new(ExternalUsers, $"{ExternalUsers.KeyPrefix}{name}", []);

    /// <summary>The layer that a logical key belongs to.</summary>
    public static CacheLayer LayerOf(string key)
    {
        foreach (var layer in All)
        {
            if (key.StartsWith(layer.KeyPrefix, StringComparison.Ordinal))
            {
                return layer;
            }
        }

        return Other;
    }
}
