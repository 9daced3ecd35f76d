using System.ComponentModel;
using Connect.Core.Caching;
using Connect.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace Connect.Core.Explanations;

/// <summary>Whose match an id names, and of which call. That never changes: the id is a function of both.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="OrganizationId">The organization.</param>
/// <param name="ProgramId">The call.</param>
[ImmutableObject(true)]
public sealed record MatchOwner(Guid MatchId, Guid OrganizationId, Guid ProgramId);

/// <summary>Finds whose match an id names, so that its reader can be authorized before anything else is read.</summary>
public sealed class MatchOwnerReader(HybridCache cache, IDbContextFactory<ConnectReadContext> contexts)
{
    /// <summary>The match's owner; null where no such match is stored. Asking for unknown ids costs a query per id and half a minute.</summary>
    /// <exception cref="TruthUnavailableException">The database cannot be reached and no cached answer may stand in.</exception>
    public async ValueTask<MatchOwner?> FindAsync(Guid matchId, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.GetOrCreateAsync(
                CacheLayers.MatchOwnerOf(matchId), (Reader: this, matchId),
                static async (state, token) => await state.Reader.ProbeAsync(state.matchId, token).ConfigureAwait(false)
                    ?? throw new UnknownMatchException(),
                cancellationToken).ConfigureAwait(false);
        }
        catch (UnknownMatchException)
        {
            return null;
        }
    }

    // "There is none" must not be stored for as long as an owner is: it passes through a layer that forgets it soon.
    private ValueTask<MatchOwner?> ProbeAsync(Guid matchId, CancellationToken cancellationToken) => cache.GetOrCreateAsync(
        CacheLayers.MatchProbeOf(matchId), (Reader: this, matchId),
        static (state, token) => state.Reader.ReadAsync(state.matchId, token), cancellationToken);

    private async ValueTask<MatchOwner?> ReadAsync(Guid matchId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Matches.Where(m => m.Id == matchId)
            .Select(m => new MatchOwner(m.Id, m.OrganizationId, m.ProgramId))
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed class UnknownMatchException : Exception;
}
