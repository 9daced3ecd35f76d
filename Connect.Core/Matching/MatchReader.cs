using Connect.Core.Caching;
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
            static (state, token) => state.Reader.ComputeAsync(state.organizationId, token), cancellationToken);

    private async ValueTask<MatchResults> ComputeAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var profile = await organizations.GetProfileAsync(organizationId, cancellationToken).ConfigureAwait(false);
        var now = CacheComputation.Current?.AsOf ?? time.GetUtcNow();
        if (!profile.ProfileCompleted)
        {
            return new MatchResults(organizationId, profile.Type, ProfileCompleted: false, [], MatchingAlgorithm.Version, now, ValidUntil: null);
        }

        var open = await programs.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        var ranking = engine.Rank(profile, open.Programs, now, MatchResults.MaxRanking);
        await writer.StoreAsync(organizationId, ranking, now, cancellationToken).ConfigureAwait(false);
        return new MatchResults(
            organizationId, profile.Type, ProfileCompleted: true, ranking, MatchingAlgorithm.Version, now,
            ranking.Min(match => match.Program.Deadline));
    }
}
