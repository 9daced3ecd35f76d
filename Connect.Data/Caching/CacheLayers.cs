using System.Collections.Immutable;
using Connect.Caching.Layers;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Caching;

/// <summary>
/// The registry of what is cached: keys, tags and TTLs. Nothing else builds a key or a TTL, so that a key has
/// the same tags wherever it is read.
/// </summary>
public static class CacheLayers
{
    private static readonly string[] ProgramTags = [ConnectTags.Programs];

    /// <summary>An organization's ranking; evicted by its profile, by a scrape that changed a call, by an administrator.</summary>
    public static CacheLayer Matches { get; } = new("matches", "match:org:", TimeSpan.FromHours(24), TimeSpan.FromHours(1))
    {
        ValueType = typeof(MatchResults),
        Qualifier = static now => new($"{MatchingAlgorithm.Version}|{SeoulTime.DateOf(now):yyyy-MM-dd}", SeoulTime.NextMidnight(now)),
    };

    /// <summary>What matching knows of an organization.</summary>
    public static CacheLayer Profiles { get; } = new("profile", "org:profile:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(10))
    {
        ValueType = typeof(OrganizationProfile),
    };

    /// <summary>Who belongs to an organization.</summary>
    public static CacheLayer Members { get; } = new("members", "org:members:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(OrganizationMembers),
        NotFoundFor = TimeSpan.FromSeconds(30),
        Authorizes = true,
    };

    /// <summary>All open calls.</summary>
    public static CacheLayer ActivePrograms { get; } = new("programs", "programs:active:", TimeSpan.FromHours(6), TimeSpan.FromHours(1))
    {
        ValueType = typeof(ActiveProgramList),
    };

    /// <summary>
    /// What a model wrote about a match; evicted as the ranking is, whose points it speaks of. The text itself is stored
    /// in Postgres: a miss costs a query, not another call of the model.
    /// </summary>
    public static CacheLayer Explanations { get; } = new("explanations", "ai:explanation:", TimeSpan.FromHours(24), TimeSpan.FromMinutes(10))
    {
        ValueType = typeof(ExplainedMatch),
        Qualifier = static now => new(
            $"{MatchingAlgorithm.Version}|{ExplainedMatch.PromptVersion}|{SeoulTime.DateOf(now):yyyy-MM-dd}", SeoulTime.NextMidnight(now)),
    };

    /// <summary>Whose match an id names, and of which call. That never changes, so nothing evicts it.</summary>
    public static CacheLayer MatchOwners { get; } = new("match-owner", "match:owner:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(MatchOwner),
        NotFoundFor = TimeSpan.FromSeconds(30),
    };

    /// <summary>Which user an external issuer's subject is, under a hash of both. That never changes either.</summary>
    public static CacheLayer ExternalUsers { get; } = new("external-user", "user:external:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(ExternalUser),
    };

    /// <summary>Every layer, in the order of reports.</summary>
    public static ImmutableArray<CacheLayer> All { get; } =
        [Matches, Profiles, Members, ActivePrograms, Explanations, MatchOwners, ExternalUsers];

    public static CacheEntry MatchesOf(Guid organizationId) => new(
        Matches,
        $"{Matches.KeyPrefix}{organizationId}:results",
        [ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(organizationId)]);

    public static CacheEntry ProfileOf(Guid organizationId) =>
        new(Profiles, $"{Profiles.KeyPrefix}{organizationId}", [ConnectTags.Organization(organizationId)]);

    public static CacheEntry MembersOf(Guid organizationId) =>
        new(Members, $"{Members.KeyPrefix}{organizationId}", [ConnectTags.Organization(organizationId)]);

    public static CacheEntry Programs() => new(ActivePrograms, $"{ActivePrograms.KeyPrefix}list", ProgramTags);

    public static CacheEntry ExplanationOf(Guid matchId, Guid organizationId, ExplanationLanguage language) => new(
        Explanations,
        $"{Explanations.KeyPrefix}{matchId}:{language.ToTag()}",
        [ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(organizationId)]);

    public static CacheEntry MatchOwnerOf(Guid matchId) => new(MatchOwners, $"{MatchOwners.KeyPrefix}{matchId}", []);

    public static CacheEntry ExternalUserOf(string name) => new(ExternalUsers, $"{ExternalUsers.KeyPrefix}{name}", []);
}
