using System.Security.Claims;
using Connect.Api.Http;
using Connect.Data.Organizations;

namespace Connect.Api.Organizations;

/// <summary>
/// Decides, before anything is read, whether the caller belongs to an organization. The members are cached and
/// the same for every caller, so that an authorized hit stays free of queries.
/// </summary>
internal sealed class Ownership(OrganizationReader organizations)
{
    /// <summary>Whether the caller is a member. Strangers and unknown ids are told the same.</summary>
    public async ValueTask<bool> IsMemberAsync(ClaimsPrincipal user, Guid organizationId, CancellationToken cancellationToken) =>
        await organizations.FindMembersAsync(organizationId, cancellationToken) is { } members
        && members.UserIds.Contains(Caller.IdOf(user));
}
