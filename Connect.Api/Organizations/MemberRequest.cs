using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Organizations;

/// <summary>A signed-in caller's request concerning one organization; a route takes it with <c>[AsParameters]</c>.</summary>
/// <param name="Time">The clock of this instance.</param>
/// <param name="Http">The request and its answer.</param>
/// <param name="Aborted">Ends when the caller goes away.</param>
internal readonly record struct MemberRequest(TimeProvider Time, HttpContext Http, CancellationToken Aborted)
{
    /// <summary>The caller.</summary>
    public CallerPrincipal Caller => Connect.Api.Http.Caller.Of(Http);

    /// <summary>The caller's id.</summary>
    public Guid UserId => Caller.Id;

    /// <summary>
    /// Now, by the clock of this instance, in microseconds as Postgres keeps it: an answer of what was written is the one of what is read.
    /// </summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = Time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>
    /// The answer to a caller who is no member or lacks a role; null for those who have it. Asked before anything else is read; strangers
    /// and unknown ids are answered alike.
    /// </summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="least">The least role that suffices.</param>
    /// <param name="what">What strangers are told is not there.</param>
    public ProblemHttpResult? Refuse(Guid organizationId, OrganizationRole least, string what) =>
        Refuse(Caller.RoleIn(organizationId), least, what);

    /// <summary>The same for a role that was read.</summary>
    public static ProblemHttpResult? Refuse(OrganizationRole? role, OrganizationRole least, string what) => role switch
    {
        null => Problems.NotFound(what),
        _ when role < least => Problems.Forbidden($"This needs the role {WireJson.NameOf(least)} of the organization"),
        _ => null,
    };
}
