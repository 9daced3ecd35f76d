using System.ComponentModel;
using Connect.Domain.Matching;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Matches;

/// <summary>A request for an organization's ranking; a route takes it with <c>[AsParameters]</c>.</summary>
/// <param name="Rankings">Finds rankings.</param>
/// <param name="Http">The request and its answer.</param>
/// <param name="Status">The text of the query string; nothing for open programs.</param>
/// <param name="IncludeDismissed">Whether dismissed matches are shown.</param>
internal readonly record struct RankingRequest(
    Rankings Rankings,
    HttpContext Http,
    [FromQuery(Name = "status")]
    [property: Description("Matches with open programs (ACTIVE, the default) or with those announced in advance (UPCOMING).")]
    [property: WireNames<RankedStatus>]
    string? Status = null,
    [FromQuery(Name = "includeDismissed")]
    [property: Description("Whether dismissed matches are in the answer, too.")]
    bool IncludeDismissed = false)
{
    /// <summary>Reads <see cref="Status"/>; the problem where it is none.</summary>
    public ValidationProblem? ReadStatus(out RankedStatus status)
    {
        var isKnown = WireJson.TryParse<RankedStatus>(Status, out var read);
        status = read ?? RankedStatus.Active;
        return isKnown ? null : Problems.Invalid("status", WireJson.OneOf<RankedStatus>());
    }
}
