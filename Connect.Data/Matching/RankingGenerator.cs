using System.Collections.Immutable;
using Connect.Caching.Flow;
using Connect.Data.Caching;
using Connect.Data.Diagnostics;
using Connect.Data.Organizations;
using Connect.Data.Programs;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Data.Matching;

/// <summary>The inputs of a ranking; null for those that are still to be read.</summary>
/// <param name="Profile">The organization's profile.</param>
/// <param name="Programs">The open programs.</param>
public readonly record struct RankingInputs(OrganizationProfile? Profile, ActiveProgramList? Programs);

/// <summary>Ranks the open or the upcoming programs for an organization, and stores the ranking so that its matches have ids.</summary>
public sealed class RankingGenerator(
    OrganizationReader organizations, ProgramReader programs, MatchEngine engine, MatchWriter writer, TimeProvider time)
{
    /// <summary>Generates the ranking of upcoming programs and writes its matches to the database, beside those of open ones.</summary>
    /// <param name="organizationId">An organization that exists.</param>
    /// <param name="computation">The running computation: matches are stored under its generations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<MatchResults> GenerateAndStoreUpcomingAsync(
        Guid organizationId, CacheComputation computation, CancellationToken cancellationToken)
    {
        var upcoming = await programs.GetUpcomingAsync(cancellationToken).ConfigureAwait(false);
        return await GenerateAndStoreAsync(organizationId, computation, new(Profile: null, upcoming), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Generates a ranking and writes its matches to the database.</summary>
    /// <param name="organizationId">An organization that exists.</param>
    /// <param name="computation">The running computation: matches are stored under its generations.</param>
    /// <param name="loaded">Preloaded inputs that may be used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<MatchResults> GenerateAndStoreAsync(
        Guid organizationId, CacheComputation computation, RankingInputs loaded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(computation);
        var profile = loaded.Profile ?? await organizations.GetProfileAsync(organizationId, cancellationToken).ConfigureAwait(false);
        var now = computation.AsOf ?? time.GetUtcNow();
        if (!profile.ProfileCompleted)
        {
            return new MatchResults(organizationId, profile.Type, ProfileCompleted: false, [], MatchingAlgorithm.Version, now, ValidUntil: null);
        }

        var open = loaded.Programs ?? await programs.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        var ranking = Rank(profile, open, now);
        await writer.StoreAsync(organizationId, ranking, computation, now, cancellationToken).ConfigureAwait(false);
        return new MatchResults(
            organizationId, profile.Type, ProfileCompleted: true, ranking, MatchingAlgorithm.Version, now,
            ranking.Min(match => match.Program.Deadline));
    }

    private ImmutableArray<RankedMatch> Rank(OrganizationProfile profile, ActiveProgramList open, DateTimeOffset now)
    {
        using var activity = ConnectTelemetry.Source.StartActivity(ConnectTelemetry.Activities.MatchRank);
        var ranking = engine.Rank(profile, open.Programs, now, MatchResults.MaxRanking);
        activity?.SetTag(ConnectTelemetry.Attributes.MatchPrograms, open.Programs.Length);
        activity?.SetTag(ConnectTelemetry.Attributes.MatchCount, ranking.Length);
        return ranking;
    }
}
