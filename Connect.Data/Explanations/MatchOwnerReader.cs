using Connect.Caching.Generations;
using Connect.Data.Caching;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Data.Explanations;

/// <summary>Finds the organization of a match's id, so that its reader can be authorized before anything else is read.</summary>
public sealed class MatchOwnerReader(HybridCache cache, IDbContextFactory<FailFastDbContext> contexts)
{
    /// <summary>The match's owner; null where no such match is stored. An unknown id costs one query per half minute.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached and no cached answer may stand in.</exception>
    public ValueTask<MatchOwner?> FindAsync(Guid matchId, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        CacheLayers.MatchOwnerOf(matchId), (Reader: this, matchId),
        static (state, token) => state.Reader.ReadAsync(state.matchId, token), cancellationToken);

    private async ValueTask<MatchOwner?> ReadAsync(Guid matchId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Matches.Where(m => m.Id == matchId)
            .Select(m => new MatchOwner(m.Id, m.OrganizationId, m.ProgramId))
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }
}
