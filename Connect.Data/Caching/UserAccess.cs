using System.Collections.Immutable;
using System.ComponentModel;
using Connect.Domain.Organizations;

namespace Connect.Data.Caching;

/// <summary>
/// What a user may do, and which of its tokens are no longer good: everything that a request has to know of its caller, cached so that an
/// authorized hit needs no query.
/// </summary>
/// <param name="UserId">The user.</param>
/// <param name="IsAdministrator">Whether the user has the role of administrators.</param>
/// <param name="OrganizationId">The active organization that the user belongs to; null for none.</param>
/// <param name="Role">The role in it; null without one.</param>
/// <param name="LockedOutUntil">The end of a lock-out, which may have passed; null for none.</param>
/// <param name="EndedSessions">Sessions that ended while their access tokens could still be used.</param>
[ImmutableObject(true)]
public sealed record UserAccess(
    Guid UserId, bool IsAdministrator, Guid? OrganizationId, OrganizationRole? Role, DateTimeOffset? LockedOutUntil,
    ImmutableArray<Guid> EndedSessions)
{
    /// <summary>Whether sign-ins and tokens of the user are refused at a moment.</summary>
    public bool IsLockedOutAt(DateTimeOffset now) => LockedOutUntil > now;
}
