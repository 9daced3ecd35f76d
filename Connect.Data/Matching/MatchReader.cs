using Connect.Caching.Flow;
using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Matching;

/// <summary>The hot path: an organization's ranking, from the cache or generated.</summary>
public sealed class MatchReader(HybridCache cache, RankingGenerator generator)
{
    private readonly KnownEntries _entries = new(static organizationId => CacheLayers.MatchesOf(organizationId));

    /// <summary>The first 15 upcoming matches of an organization that exists; as <see cref="GetAsync"/>.</summary>
    public ValueTask<MatchResults> GetUpcomingAsync(Guid organizationId, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            CacheLayers.MatchesOf(organizationId, RankedStatus.Upcoming), (generator, organizationId),
            static (state, token) => state.generator.GenerateAndStoreUpcomingAsync(state.organizationId, CacheComputation.Current!, token),
            cancellationToken);

    /// <summary>The first 15 matches of an organization that exists. The endpoint has authorized the request.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and nothing good enough is cached.</exception>
    public ValueTask<MatchResults> GetAsync(Guid organizationId, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            _entries.Of(organizationId), (generator, organizationId),
            static (state, token) => state.generator.GenerateAndStoreAsync(
                state.organizationId, CacheComputation.Current!, loaded: default, token),
            cancellationToken);

    /// <summary>Puts the matches into Redis if they are missing there, but not into memory: the worker has no readers.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="findLoaded">The preloaded inputs that are as new as the computation's generations.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task PreloadAsync(
        Guid organizationId, Func<CacheComputation, RankingInputs> findLoaded, CancellationToken cancellationToken)
    {
        var entry = CacheLayers.MatchesOf(organizationId);
        await cache.GetOrCreateAsync(
            entry.Key, (generator, organizationId, findLoaded),
            static (state, token) =>
            {
                var computation = CacheComputation.Current!;
                return state.generator.GenerateAndStoreAsync(state.organizationId, computation, state.findLoaded(computation), token);
            },
            entry.OptionsPastMemory, entry.Tags, cancellationToken).ConfigureAwait(false);
    }
}
