using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Organizations;
using Connect.Domain.Organizations;

namespace Connect.Data.Accounts;

/// <summary>What became of a deletion.</summary>
public enum AccountRemovalOutcome
{
    /// <summary>The account is gone.</summary>
    Removed,

    /// <summary>There is no such account.</summary>
    Unknown,

    /// <summary>Its organization would have members and no owner.</summary>
    LastOwner,

    /// <summary>Its organization would have no members.</summary>
    OnlyMember,

    /// <summary>No administrator would be left.</summary>
    LastAdministrator,
}

/// <summary>
/// Deletes an account and all personal data of its user inside a <see cref="CacheTransaction{TContext}"/>. What administrators did stays under
/// their ids, which identify no account any more.
/// </summary>
public static class AccountRemoval
{
    private static readonly string AdminRole = User.AdminRole.ToUpperInvariant();

    /// <summary>Deletes an account unless others depend on it.</summary>
    /// <exception cref="DbUpdateConcurrencyException">The membership changed meanwhile.</exception>
    public static async Task<AccountRemovalOutcome> RemoveAsync(ConnectDbContext context, Guid userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await LockAsync(context, userId, cancellationToken).ConfigureAwait(false) is not { } user)
        {
            return AccountRemovalOutcome.Unknown;
        }

        if (await FindObstacleAsync(context, user, cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            return obstacle;
        }

        await context.InvitationsTo(user).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.MailsTo(user).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var allowance = $"user:{userId}";
        await context.ExplanationAllowances.Where(a => a.Key == allowance).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);

        await context.RemoveKeysAsync(context.ApiKeys.Where(k => k.AdministratorId == userId), cancellationToken).ConfigureAwait(false);

        // The rest goes with the row: sessions, passkeys, logins, claims, tokens, roles, idempotency keys, mails.
        await context.Users.Where(u => u.Id == userId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        context.EvictTags(EvictionReasons.Changed, ConnectTags.User(userId));
        return AccountRemovalOutcome.Removed;
    }

    // Organization, role, user: in this order everywhere. With the first two locked, no member leaves or joins meanwhile.
    private static async Task<User?> LockAsync(ConnectDbContext context, Guid userId, CancellationToken cancellationToken)
    {
        var organizationId = await context.Users.Where(u => u.Id == userId).Select(u => u.OrganizationId)
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (organizationId is not null)
        {
            await context.Database.ExecuteSqlAsync($"select 1 from organizations where id = {organizationId} for update", cancellationToken)
                .ConfigureAwait(false);
        }

        await context.Database.ExecuteSqlAsync(
            $"""
            select 1 from roles where normalized_name = {AdminRole}
                and exists (select from user_roles where role_id = roles.id and user_id = {userId}) for update
            """,
            cancellationToken).ConfigureAwait(false);
        var user = await context.Users.FromSql($"select * from users where id = {userId} for update").AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return user is null || user.OrganizationId == organizationId
            ? user
            : throw new DbUpdateConcurrencyException("The user's membership was changed by another request.");
    }

    private static async Task<AccountRemovalOutcome?> FindObstacleAsync(ConnectDbContext context, User user, CancellationToken cancellationToken)
    {
        if (user.OrganizationId is { } organizationId)
        {
            // A role that an earlier release has not written is an owner's.
            var others = await context.Users.Where(u => u.OrganizationId == organizationId && u.Id != user.Id)
                .Select(u => u.OrganizationRole ?? OrganizationRole.Owner).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (others.Count == 0)
            {
                return AccountRemovalOutcome.OnlyMember;
            }

            if ((user.OrganizationRole ?? OrganizationRole.Owner) == OrganizationRole.Owner && !others.Contains(OrganizationRole.Owner))
            {
                return AccountRemovalOutcome.LastOwner;
            }
        }

        var administrators = await context.UserRoles
            .Where(r => context.Roles.Any(role => role.Id == r.RoleId && role.NormalizedName == AdminRole))
            .Select(r => r.UserId).ToListAsync(cancellationToken).ConfigureAwait(false);
        return administrators is [var only] && only == user.Id ? AccountRemovalOutcome.LastAdministrator : null;
    }
}
