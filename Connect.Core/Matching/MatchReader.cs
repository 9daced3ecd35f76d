using System.Collections.Immutable;
using Connect.Core.Caching;
using Connect.Core.Diagnostics;
using Connect.Core.Matching.Warming;
using Connect.Core.Organizations;
using Connect.Core.Programs;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Core.Matching;

/// <summary>The hot path: an organization's ranking, from the cache or computed.</summary>
public sealed class MatchReader(
    HybridCache cache, OrganizationReader organizations, ProgramReader programs, MatchEngine engine, MatchWriter writer, TimeProvider time)
{
    /// <summary>The first 15 matches of an organization that exists. The caller has authorized the request before.</summary>
    /// <exception cref="TruthUnavailableException">The database cannot be reached and nothing good enough is cached.</exception>
    public ValueTask<MatchResults> GetAsync(Guid organizationId, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            CacheLayers.MatchesOf(organizationId), (Reader: this, organizationId),
            static (state, token) => state.Reader.ComputeAsync(state.organizationId, batch: null, token), cancellationToken);

    /// <summary>Sees to it that the matches are in Redis, past this process's memory: it has no readers of them.</summary>
    internal async Task WarmAsync(Guid organizationId, WarmingBatch batch, CancellationToken cancellationToken)
    {
        var entry = CacheLayers.MatchesOf(organizationId);
        await cache.GetOrCreateAsync(
            entry.Key, (Reader: this, organizationId, batch),
            static (state, token) => state.Reader.ComputeAsync(state.organizationId, state.batch, token),
            entry.OptionsPastMemory, entry.Tags, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<MatchResults> ComputeAsync(Guid organizationId, WarmingBatch? batch, CancellationToken cancellationToken)
    {
        // What was loaded ahead may be older than the name that is computed for: then it is read anew.
        var (loadedProfile, loadedPrograms) = batch is not null && CacheComputation.Current is { } computation
            ? (batch.FindProfile(organizationId, computation), batch.Set.FindPrograms(computation))
            : default;
        var profile = loadedProfile ?? await organizations.GetProfileAsync(organizationId, cancellationToken).ConfigureAwait(false);
        var now = CacheComputation.Current?.AsOf ?? time.GetUtcNow();
        if (!profile.ProfileCompleted)
        {
            return new MatchResults(organizationId, profile.Type, ProfileCompleted: false, [], MatchingAlgorithm.Version, now, ValidUntil: null);
        }

        var open = loadedPrograms ?? await programs.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        var ranking = Rank(profile, open, now);
        await writer.StoreAsync(organizationId, ranking, now, cancellationToken).ConfigureAwait(false);
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
