using Connect.Caching.Generations;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Matching;

/// <summary>Reads through the cache which programs an organization has dismissed.</summary>
public sealed class DismissalReader(HybridCache cache, IDbContextFactory<FailFastDbContext> contexts)
{
    private readonly KnownEntries _entries = new(CacheLayers.DismissalsOf);

    /// <summary>The dismissed programs of an organization. The endpoint has authorized the request.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and nothing good enough is cached.</exception>
    public ValueTask<DismissedPrograms> GetAsync(Guid organizationId, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        _entries.Of(organizationId), (Reader: this, organizationId),
        static (state, token) => state.Reader.ReadAsync(state.organizationId, token), cancellationToken);

    private async ValueTask<DismissedPrograms> ReadAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var ids = await context.Matches.Where(m => m.OrganizationId == organizationId && m.Status == MatchStatus.Dismissed)
            .Select(m => m.ProgramId).ToListAsync(cancellationToken).ConfigureAwait(false);

        // Sorted here: the order of ids in a database need not be the one that is searched by.
        return new DismissedPrograms([.. ids.Order()]);
    }
}
