using Connect.Data.Caching;
using Connect.Domain.Organizations;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Organizations;

/// <summary>Reads organizations through the cache.</summary>
public sealed class OrganizationReader(HybridCache cache, IDbContextFactory<FailFastDbContext> contexts)
{
    /// <summary>The profile of an organization that exists.</summary>
    public ValueTask<OrganizationProfile> GetProfileAsync(Guid organizationId, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            CacheLayers.ProfileOf(organizationId), (Reader: this, organizationId),
            static (state, token) => state.Reader.ReadProfileAsync(state.organizationId, token), cancellationToken);

    /// <summary>The profiles of those that exist, in one query past the cache.</summary>
    internal async Task<List<OrganizationProfile>> LoadProfilesAsync(
        IReadOnlyCollection<Guid> organizationIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var found = await context.Organizations
            .Where(o => organizationIds.Contains(o.Id))
            .Select(o => new
            {
                o.Id,
                o.Type,
                o.IndustrySector,
                o.TechnologyReadinessLevel,
                o.TargetResearchTrl,
                o.RdExperience,
                o.CollaborationCount,
                o.ResearchFocusAreas,
                o.KeyTechnologies,
                o.BusinessStructure,
                o.CompanyScale,
                o.EstablishedOn,
                o.Regions,
                o.ExcludedSectors,
                o.ProfileCompleted,
            })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return found.ConvertAll(o => new OrganizationProfile(
            o.Id, o.Type, o.IndustrySector, o.TechnologyReadinessLevel, o.TargetResearchTrl, o.RdExperience, o.CollaborationCount,
            [.. o.ResearchFocusAreas], [.. o.KeyTechnologies], o.BusinessStructure, o.CompanyScale, o.EstablishedOn, [.. o.Regions],
            [.. o.ExcludedSectors], o.ProfileCompleted));
    }

    private async ValueTask<OrganizationProfile> ReadProfileAsync(Guid organizationId, CancellationToken cancellationToken) =>
        (await LoadProfilesAsync([organizationId], cancellationToken).ConfigureAwait(false)).Single();
}
