using System.Security.Claims;
using Connect.Data.Organizations;

namespace Connect.Api.Organizations;

/// <summary>
/// Decides, before anything is read, whether the caller belongs to an organization. Members are cached, so that an
/// authorized hit needs no query.
/// </summary>
internal sealed class Ownership(OrganizationReader organizations)
{
    /// <summary>Whether the caller is a member; false for unknown organizations.</summary>
    public async ValueTask<bool> IsMemberAsync(ClaimsPrincipal user, Guid organizationId, CancellationToken cancellationToken) =>
        await organizations.FindMembersAsync(organizationId, cancellationToken) is { } members
        && members.UserIds.Contains(Caller.IdOf(user));
}
