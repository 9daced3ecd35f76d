using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;

namespace Connect.Api.Matches;

/// <summary>Finds what the match routes answer with. One service, because each one that a hit asks the container for takes time.</summary>
internal sealed class Rankings(MatchReader matches, MatchDocuments documents, HiddenProgramReader hidden, ActivityLog activity, TimeProvider time)
{
    /// <summary>The ranking of the caller's organization and where it came from; no ranking for callers who are not members.</summary>
    public async ValueTask<(MatchResults? Results, CacheRead? Read)> FindAsync(HttpContext http, Guid organizationId, RankedStatus status)
    {
        // Authorize first, then read: a cached ranking belongs to one organization.
        if (Caller.Of(http).RoleIn(organizationId) is null)
        {
            return default;
        }

        activity.Note(organizationId);
        var results = status == RankedStatus.Upcoming
            ? await matches.GetUpcomingAsync(organizationId, http.RequestAborted)
            : await matches.GetAsync(organizationId, http.RequestAborted);
        return (results, http.ReportCache(CacheLayers.Matches));
    }

    /// <summary>A ranking as it is sent now.</summary>
    public MatchDocument DocumentOf(MatchResults results, ExplanationLanguage language) => documents.Get(results, language, time.GetUtcNow());

    /// <summary>A ranking as it is now, together with the programs that it does not show.</summary>
    public async ValueTask<MatchesResponse> ExplainAsync(
        MatchResults results, Guid organizationId, RankedStatus status, int limit, bool cached, ExplanationLanguage language,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return results.ToResponse(limit, cached, now, language) with
        {
            Hidden = (await hidden.GetAsync(organizationId, status, cancellationToken)).ToItems(now, language),
        };
    }
}
