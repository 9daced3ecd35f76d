namespace Connect.Api.Organizations;

/// <summary>A signed-in caller's request concerning one organization; a route takes it with <c>[AsParameters]</c>.</summary>
/// <param name="Ownership">Tells members from others.</param>
/// <param name="Time">The clock of this instance.</param>
/// <param name="Http">The request and its answer.</param>
/// <param name="Aborted">Ends when the caller goes away.</param>
internal readonly record struct MemberRequest(Ownership Ownership, TimeProvider Time, HttpContext Http, CancellationToken Aborted)
{
    /// <summary>The caller's id.</summary>
    public Guid UserId => Caller.IdOf(Http.User);

    /// <summary>Now, by the clock of this instance.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Whether the caller is a member. Asked before anything else is read; strangers and unknown ids are answered alike.</summary>
    public ValueTask<bool> IsOfMemberAsync(Guid organizationId) => Ownership.IsMemberAsync(Http.User, organizationId, Aborted);
}
