using Connect.Api.Organizations;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Organizations;

namespace Connect.Api.Matches;

/// <summary>A request for an organization's ranking; a route takes it with <c>[AsParameters]</c>.</summary>
/// <param name="Ownership">Tells members from others.</param>
/// <param name="Matches">Reads rankings through the cache.</param>
/// <param name="Documents">Rankings as they are sent.</param>
/// <param name="Activity">Notes which organizations are in use.</param>
/// <param name="Time">The clock of this instance.</param>
/// <param name="Http">The request and its answer.</param>
/// <param name="Aborted">Ends when the caller goes away.</param>
internal readonly record struct RankingRequest(
    Ownership Ownership, MatchReader Matches, MatchDocuments Documents, ActivityLog Activity, TimeProvider Time, HttpContext Http,
    CancellationToken Aborted)
{
    /// <summary>The organization's ranking and where it came from; no ranking for callers who are not members.</summary>
    public async ValueTask<(MatchResults? Results, CacheRead? Read)> FindAsync(Guid organizationId)
    {
        // Authorize first, then read: a cached ranking belongs to one organization.
        if (!await Ownership.IsMemberAsync(Http.User, organizationId, Aborted))
        {
            return default;
        }

        Activity.Note(organizationId);
        var results = await Matches.GetAsync(organizationId, Aborted);
        return (results, Http.ReportCache(CacheLayers.Matches));
    }
}
