using Connect.Api.Organizations;
using Connect.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Members;

/// <summary>
/// Changes of an organization's members, each to be run inside <see cref="CacheTransaction{TContext}"/>. They serialize on the
/// organization's row, so that of two owners who demote each other one stays. The model declares the tags that they evict.
/// </summary>
internal static class MemberWrites
{
    public const string Organization = "Organization";

    private const string What = "Member";

    /// <summary>Gives a member another role.</summary>
    /// <returns>The member, or the answer to a refused caller.</returns>
    public static async Task<(User? Member, ProblemHttpResult? Refused)> ChangeRoleAsync(
        ConnectDbContext context, Guid organizationId, Guid callerId, Guid userId, OrganizationRole role, CancellationToken cancellationToken)
    {
        if (await LockAsync(context, organizationId, callerId, OrganizationRole.Owner, cancellationToken) is (_, { } refused))
        {
            return (null, refused);
        }

        if (await FindAsync(context, organizationId, userId, cancellationToken) is not { } member)
        {
            return (null, Problems.NotFound(What));
        }

        if (RoleOf(member) != role)
        {
            if (await IsLastOwnerAsync(context, member, cancellationToken))
            {
                return (null, LastOwner());
            }

            Set(member, organizationId, role);
        }

        return (member, null);
    }

    /// <summary>Removes a member: owners remove any member, others themselves.</summary>
    /// <returns>The answer to a refused caller; null where the member is removed.</returns>
    public static async Task<ProblemHttpResult?> RemoveAsync(
        ConnectDbContext context, Guid organizationId, Guid callerId, Guid userId, CancellationToken cancellationToken)
    {
        if (await LockAsync(context, organizationId, callerId, LeastToRemove(callerId, userId), cancellationToken) is (_, { } refused))
        {
            return refused;
        }

        if (await FindAsync(context, organizationId, userId, cancellationToken) is not { } member)
        {
            return Problems.NotFound(What);
        }

        if (await IsLastOwnerAsync(context, member, cancellationToken))
        {
            return LastOwner();
        }

        Set(member, organizationId: null, role: null);
        return null;
    }

    /// <summary>The least role in which a caller may remove a member.</summary>
    public static OrganizationRole LeastToRemove(Guid callerId, Guid userId) =>
        callerId == userId ? OrganizationRole.Reader : OrganizationRole.Owner;

    /// <summary>
    /// Locks the organization and asks again for the caller's role: another owner may have changed it since the request was let in.
    /// </summary>
    public static async Task<(Organization? Organization, ProblemHttpResult? Refused)> LockAsync(
        ConnectDbContext context, Guid organizationId, Guid callerId, OrganizationRole least, CancellationToken cancellationToken)
    {
        if (await OrganizationWrites.LockAsync(context, organizationId, cancellationToken) is not { } organization)
        {
            return (null, Problems.NotFound(Organization));
        }

        var caller = await context.Users.AsNoTracking()
            .SingleOrDefaultAsync(u => u.Id == callerId && u.OrganizationId == organizationId, cancellationToken);
        return (organization, MemberRequest.Refuse(caller is null ? null : RoleOf(caller), least, Organization));
    }

    /// <summary>Makes a locked user a member, or takes the membership away.</summary>
    public static void Set(User user, Guid? organizationId, OrganizationRole? role)
    {
        (user.OrganizationId, user.OrganizationRole) = (organizationId, role);

        // Identity writes a whole user: one that it read before must not bring the old membership back.
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    /// <summary>A member's role. A release without roles writes none: its members are owners.</summary>
    public static OrganizationRole RoleOf(User member) => member.OrganizationRole ?? OrganizationRole.Owner;

    private static Task<User?> FindAsync(ConnectDbContext context, Guid organizationId, Guid userId, CancellationToken cancellationToken) =>
        context.Users.FromSql($"select * from users where id = {userId} and organization_id = {organizationId} for update")
            .SingleOrDefaultAsync(cancellationToken);

    private static async Task<bool> IsLastOwnerAsync(ConnectDbContext context, User member, CancellationToken cancellationToken) =>
        RoleOf(member) == OrganizationRole.Owner
        && !await context.Users.AnyAsync(
            u => u.OrganizationId == member.OrganizationId && u.Id != member.Id
                && (u.OrganizationRole == null || u.OrganizationRole == OrganizationRole.Owner),
            cancellationToken);

    private static ProblemHttpResult LastOwner() =>
        Problems.Conflict("last-owner", "The organization needs an owner: make another member one first");
}
