using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Data.Caching;
using Connect.Data.Matching;
using Connect.Data.Organizations;
using Connect.Domain.Matching;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Matches;

/// <summary>A request for an organization's ranking; a route takes it with <c>[AsParameters]</c>.</summary>
/// <param name="Matches">Reads rankings through the cache.</param>
/// <param name="Documents">Rankings as they are sent.</param>
/// <param name="Activity">Notes which organizations are in use.</param>
/// <param name="Time">The clock of this instance.</param>
/// <param name="Http">The request and its answer.</param>
/// <param name="Aborted">Ends when the caller goes away.</param>
/// <param name="Status">The text of the query string; nothing for open programs.</param>
internal readonly record struct RankingRequest(
    MatchReader Matches, MatchDocuments Documents, ActivityLog Activity, TimeProvider Time, HttpContext Http,
    CancellationToken Aborted,
    [FromQuery(Name = "status")]
    [property: Description("Matches with open programs (ACTIVE, the default) or with those announced in advance (UPCOMING).")]
    [property: WireNames<RankedStatus>]
    string? Status = null)
{
    /// <summary>Reads <see cref="Status"/>; the problem where it is none.</summary>
    public ValidationProblem? ReadStatus(out RankedStatus status)
    {
        var isKnown = WireJson.TryParse<RankedStatus>(Status, out var read);
        status = read ?? RankedStatus.Active;
        return isKnown ? null : Problems.Invalid("status", WireJson.OneOf<RankedStatus>());
    }

    /// <summary>The organization's ranking and where it came from; no ranking for callers who are not members.</summary>
    public async ValueTask<(MatchResults? Results, CacheRead? Read)> FindAsync(Guid organizationId, RankedStatus status)
    {
        // Authorize first, then read: a cached ranking belongs to one organization.
        if (Caller.Of(Http).RoleIn(organizationId) is null)
        {
            return default;
        }

        Activity.Note(organizationId);
        var results = status == RankedStatus.Upcoming
            ? await Matches.GetUpcomingAsync(organizationId, Aborted)
            : await Matches.GetAsync(organizationId, Aborted);
        return (results, Http.ReportCache(CacheLayers.Matches));
    }
}
