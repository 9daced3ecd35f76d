using System.Collections.Immutable;
using Connect.Caching;
using Connect.Caching.Generations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Data.Programs;
using Connect.Domain.Organizations;

namespace Connect.Data.Warming;

/// <summary>Result of warming one organization's ranking.</summary>
/// <param name="IsComputed">False where Redis had it already.</param>
/// <param name="Queries">Database queries of the computation.</param>
public readonly record struct WarmingResult(bool IsComputed, int Queries);

/// <summary>
/// Preloads rankings into Redis: from programs and profiles that are loaded in sets, through the same cache read as
/// readers use.
/// </summary>
public sealed class MatchWarmer(
    MatchReader matches, OrganizationReader organizations, ProgramReader programs, CachePreloading preloading,
    IDbContextFactory<FailFastDbContext> contexts)
{
    /// <summary>Begins a pass: finds the organizations, and loads the programs under the present generations.</summary>
    public async Task<WarmingSet> BeginAsync(WarmingScope scope, CancellationToken cancellationToken)
    {
        var trace = CachePreloading.Begin(asOf: null);
        var active = await FindActiveAsync(scope, cancellationToken).ConfigureAwait(false);

        // Generations first: data that is read after them is at least as new. The programs are not read through the
        // cache: its names contain this instance's generations, which may be older than those just read.
        var generations = await preloading.ReadGenerationsAsync(WarmingSet.SharedTags, cancellationToken).ConfigureAwait(false);
        var open = await programs.LoadAsync(cancellationToken).ConfigureAwait(false);
        var set = new WarmingSet(scope.AsOf, active, generations, open, trace.Queries + trace.GenerationQueries);

        // Organizations that are not warmed are computed from the cached list.
        await programs.PreloadAsync(set.FindList, cancellationToken).ConfigureAwait(false);
        return set;
    }

    /// <summary>Loads the profiles of some of the pass's organizations, and checks whether the pass is overtaken.</summary>
    public async Task<WarmingBatch> LoadAsync(WarmingSet set, IReadOnlyCollection<Guid> organizationIds, CancellationToken cancellationToken)
    {
        var trace = CachePreloading.Begin(asOf: null);
        var generations = await preloading.ReadGenerationsAsync(
            [.. WarmingSet.SharedTags, .. organizationIds.Select(ConnectTags.Organization)], cancellationToken).ConfigureAwait(false);
        var profiles = await organizations.LoadProfilesAsync(organizationIds, cancellationToken).ConfigureAwait(false);
        return new WarmingBatch(set, organizationIds, profiles, generations, trace.Queries + trace.GenerationQueries);
    }

    /// <summary>Puts an organization's ranking into Redis if it is missing there.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public async Task<WarmingResult> WarmAsync(WarmingBatch batch, Guid organizationId, CancellationToken cancellationToken)
    {
        var trace = CachePreloading.Begin(batch.Set.AsOf);
        await matches.PreloadAsync(
            organizationId, computation => batch.Find(organizationId, computation), cancellationToken).ConfigureAwait(false);
        return new WarmingResult(
            trace.ReadOf(CacheLayers.Matches)?.Outcome == CacheOutcome.Miss, trace.Queries + trace.GenerationQueries);
    }

    private async Task<ImmutableArray<Guid>> FindActiveAsync(WarmingScope scope, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var found = await context.OrganizationActivity
            .Where(activity => activity.LastActiveAt >= scope.ActiveSince)
            .Join(
                context.Organizations.Where(organization => organization.Status == OrganizationStatus.Active && organization.ProfileCompleted),
                activity => activity.OrganizationId,
                organization => organization.Id,
                (activity, _) => activity)
            .OrderByDescending(activity => activity.LastActiveAt).ThenBy(activity => activity.OrganizationId)
            .Take(scope.MaxOrganizations)
            .Select(activity => activity.OrganizationId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. found];
    }
}
