using Connect.Caching;
using Connect.Data.Caching;
using Connect.Domain.Organizations;

namespace Connect.Data.Organizations;

/// <summary>
/// Deletes an organization inside a <see cref="CacheTransaction{TContext}"/>: what is personal is erased at once, the rest can be restored
/// until its row is removed. Code that adds rows of an organization locks its row first, and finds it inactive then.
/// </summary>
public static class OrganizationRemoval
{
    /// <summary>Deactivates an organization that the caller has locked for update; its members leave it.</summary>
    public static async Task RemoveAsync(ConnectDbContext context, Organization organization, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        Erase(organization);
        (organization.Status, organization.DeactivatedAt, organization.UpdatedAt) = (OrganizationStatus.Deactivated, now, now);

        var id = organization.Id;
        await ReleaseMembersAsync(context, id, cancellationToken).ConfigureAwait(false);
        await context.Invitations.Where(i => i.OrganizationId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.RemoveKeysAsync(context.ApiKeys.Where(k => k.OrganizationId == id), cancellationToken).ConfigureAwait(false);
        await context.Mails.Where(m => m.OrganizationId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.Matches.Where(m => m.OrganizationId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        context.EvictTags(EvictionReasons.Changed, ConnectTags.Marks(id));
        await context.OrganizationActivity.Where(a => a.OrganizationId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);

        // The key stays: a late retry of the creation must not create the organization again.
        await context.Database.ExecuteSqlAsync(
            $"update idempotency_keys set result_ids = array_remove(result_ids, {id}) where {id} = any(result_ids)", cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Makes a deleted organization active again, without name, number, contacts and members.</summary>
    /// <param name="context">The transaction's context.</param>
    /// <param name="id">The organization.</param>
    /// <param name="deletedAfter">An earlier deletion is for good.</param>
    /// <param name="now">The moment of the restoration.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The organization, locked; null where there is none to be restored.</returns>
    public static async Task<Organization?> RestoreAsync(
        ConnectDbContext context, Guid id, DateTimeOffset deletedAfter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var organization = await context.Organizations
            .FromSql($"select *, xmin from organizations where id = {id} and status = 'Deactivated' and deactivated_at >= {deletedAfter} for update")
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (organization is not null)
        {
            (organization.Status, organization.DeactivatedAt, organization.UpdatedAt) = (OrganizationStatus.Active, null, now);
        }

        return organization;
    }

    /// <summary>Completes the deletion of an organization that an earlier release only deactivated.</summary>
    public static async Task CompleteAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken)
    {
        var organization = await context.Organizations
            .FromSql($"select *, xmin from organizations where id = {id} and status = 'Deactivated' and deactivated_at is null for update")
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (organization is not null)
        {
            await RemoveAsync(context, organization, organization.UpdatedAt, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Erase(Organization organization)
    {
        organization.Name = "";
        organization.BusinessNumberEncrypted = null;
        organization.BusinessNumberHash = null;
        organization.PrimaryContactName = null;
        organization.PrimaryContactEmail = null;
        organization.PrimaryContactPhone = null;
        organization.Address = null;
        organization.Website = null;
        organization.Description = null;
        organization.ProfileScore = ProfileCompleteness.Score(organization);
    }

    // Identity writes whole rows: without another stamp, a request that has read the user before would make it a member again.
    private static async Task ReleaseMembersAsync(ConnectDbContext context, Guid organizationId, CancellationToken cancellationToken)
    {
        var members = await context.Database.SqlQuery<Guid>(
            $"""
            update users set organization_id = null, organization_role = null, concurrency_stamp = gen_random_uuid()::text
            where organization_id = {organizationId} returning id
            """)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (members.Count > 0)
        {
            context.EvictTags(EvictionReasons.Changed, [.. members.Select(ConnectTags.User)]);
        }
    }
}
