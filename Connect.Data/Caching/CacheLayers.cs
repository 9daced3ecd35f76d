using System.Collections.Immutable;
using Connect.Caching.Layers;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Caching;

/// <summary>
/// All layers with their keys, tags and lifetimes. Keys and lifetimes are built only here, so that a key has the same
/// tags wherever it is read.
/// </summary>
public static class CacheLayers
{
    private static readonly string[] ProgramTags = [ConnectTags.Programs];

    /// <summary>An organization's rankings, of open and of upcoming programs; evicted by its profile, by a run that changed a program, by an administrator.</summary>
    public static CacheLayer Matches { get; } = new("matches", "match:org:", TimeSpan.FromHours(24), TimeSpan.FromHours(1))
    {
        ValueType = typeof(MatchResults),
        Qualifier = static now => ($"{MatchingAlgorithm.Version}|{SeoulTime.DateOf(now):yyyy-MM-dd}", SeoulTime.NextMidnight(now)),
    };

    /// <summary>The programs that an organization has dismissed, which its rankings are shown without; evicted by a dismissal and by its end.</summary>
    public static CacheLayer Dismissals { get; } = new("dismissals", "match:dismissed:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(DismissedPrograms),
    };

    /// <summary>The part of an organization that matching reads.</summary>
    public static CacheLayer Profiles { get; } = new("profile", "org:profile:", TimeSpan.FromHours(1), TimeSpan.FromMinutes(10))
    {
        ValueType = typeof(OrganizationProfile),
    };

    /// <summary>What a user may do, and which of its tokens are no longer good.</summary>
    public static CacheLayer Access { get; } = new("access", "user:access:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(UserAccess),
        NotFoundFor = TimeSpan.FromSeconds(30),
        Authorizes = true,
    };

    /// <summary>What a program's key opens.</summary>
    public static CacheLayer Keys { get; } = new("api-key", "api-key:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(KeyAccess),
        NotFoundFor = TimeSpan.FromSeconds(30),
        Authorizes = true,
    };

    /// <summary>All open programs, and all upcoming ones.</summary>
    public static CacheLayer ActivePrograms { get; } = new("programs", "programs:", TimeSpan.FromHours(6), TimeSpan.FromHours(1))
    {
        ValueType = typeof(ActiveProgramList),
    };

    /// <summary>First pages of lists of programs; evicted by every change of a program, matched or not.</summary>
    public static CacheLayer ProgramLists { get; } = new("program-lists", "program-list:", TimeSpan.FromHours(6), TimeSpan.FromHours(1))
    {
        ValueType = typeof(ProgramListPage),
    };

    /// <summary>
    /// A model's text about a match; evicted with the ranking whose points it mentions. The text is stored in Postgres:
    /// a miss costs a query, not another call of the model.
    /// </summary>
    public static CacheLayer Explanations { get; } = new("explanations", "ai:explanation:", TimeSpan.FromHours(24), TimeSpan.FromMinutes(10))
    {
        ValueType = typeof(ExplainedMatch),
        Qualifier = static now => (
            $"{MatchingAlgorithm.Version}|{ExplainedMatch.PromptVersion}|{SeoulTime.DateOf(now):yyyy-MM-dd}", SeoulTime.NextMidnight(now)),
    };

    /// <summary>The organization and program of a match's id. They never change, so nothing evicts them.</summary>
    public static CacheLayer MatchOwners { get; } = new("match-owner", "match:owner:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(MatchOwner),
        NotFoundFor = TimeSpan.FromSeconds(30),
    };

    /// <summary>The user of an external issuer's subject, under a hash of both. It never changes either.</summary>
    public static CacheLayer ExternalUsers { get; } = new("external-user", "user:external:", TimeSpan.FromDays(7), TimeSpan.FromHours(1))
    {
        ValueType = typeof(ExternalUser),
    };

    /// <summary>Every layer, in the order of reports.</summary>
    public static ImmutableArray<CacheLayer> All { get; } =
        [Matches, Dismissals, Profiles, Access, Keys, ActivePrograms, ProgramLists, Explanations, MatchOwners, ExternalUsers];

    public static CacheEntry MatchesOf(Guid organizationId, RankedStatus status = RankedStatus.Active) => new(
        Matches,
        status == RankedStatus.Active ? $"{Matches.KeyPrefix}{organizationId}:results" : $"{Matches.KeyPrefix}{organizationId}:upcoming",
        [ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(organizationId)]);

    public static CacheEntry DismissalsOf(Guid organizationId) =>
        new(Dismissals, $"{Dismissals.KeyPrefix}{organizationId}", [ConnectTags.Marks(organizationId)]);

    public static CacheEntry ProfileOf(Guid organizationId) =>
        new(Profiles, $"{Profiles.KeyPrefix}{organizationId}", [ConnectTags.Organization(organizationId)]);

    public static CacheEntry AccessOf(Guid userId) => new(Access, $"{Access.KeyPrefix}{userId}", [ConnectTags.User(userId)]);

    public static CacheEntry KeyOf(Guid keyId) => new(Keys, $"{Keys.KeyPrefix}{keyId}", [ConnectTags.Key(keyId)]);

    public static CacheEntry Programs(RankedStatus status = RankedStatus.Active) => new(
        ActivePrograms, status == RankedStatus.Active ? $"{ActivePrograms.KeyPrefix}active:list" : $"{ActivePrograms.KeyPrefix}upcoming:list", ProgramTags);

    /// <summary>A first page. <paramref name="name"/> has its filters, order and length.</summary>
    public static CacheEntry ProgramListOf(string name) =>
        new(ProgramLists, $"{ProgramLists.KeyPrefix}{name}", [ConnectTags.Programs, ConnectTags.ProgramLists]);

    public static CacheEntry ExplanationOf(Guid matchId, Guid organizationId, ExplanationLanguage language) => new(
        Explanations,
        $"{Explanations.KeyPrefix}{matchId}:{language.ToTag()}",
        [ConnectTags.Programs, ConnectTags.Matches, ConnectTags.Organization(organizationId)]);

    public static CacheEntry MatchOwnerOf(Guid matchId) => new(MatchOwners, $"{MatchOwners.KeyPrefix}{matchId}", []);

    public static CacheEntry ExternalUserOf(string name) => new(ExternalUsers, $"{ExternalUsers.KeyPrefix}{name}", []);
}
