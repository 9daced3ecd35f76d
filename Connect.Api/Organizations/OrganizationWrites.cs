using System.Text.Json.Nodes;
using Connect.Caching;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Organizations;

/// <summary>Outcome of a change.</summary>
internal sealed record OrganizationChange
{
    /// <summary>The changed organization; null if there is none, or it was not changed.</summary>
    public Organization? Organization { get; init; }

    /// <summary>Errors of the resulting profile, by field.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }

    /// <summary>Whether <c>If-Match</c> has none of its tags.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether another organization has the business number.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Whether the caller's role does not allow it.</summary>
    public bool IsForbidden { get; init; }
}

/// <summary>
/// Changes of organizations, each to be run inside <see cref="CacheTransaction{TContext}"/>: the model declares the tag
/// that they evict.
/// </summary>
internal static class OrganizationWrites
{
    /// <summary>The field of the business number in a patch.</summary>
    public const string NumberField = "businessNumber";

    private const int MaxKeywordLength = 100;

    private static readonly string BadKeyword = $"Keywords have 1 to {MaxKeywordLength} characters.";

    /// <summary>Adds the user's organization; null where the user has one, or the business number is known.</summary>
    /// <exception cref="UnknownCallerException">The user is deleted.</exception>
    public static async Task<Organization?> InsertAsync(
        ConnectDbContext context, CreateOrganizationRequest request, Guid userId, StoredBusinessNumber number, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var member = await context.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) ?? throw new UnknownCallerException();
        if (member.OrganizationId is not null || await IsTakenAsync(context, number, cancellationToken))
        {
            return null;
        }

        var organization = new Organization
        {
            Name = request.Name!,
            BusinessNumberEncrypted = number.Encrypted,
            BusinessNumberHash = number.Hash,
            CreatedAt = now,
            UpdatedAt = now,
        };
        request.Apply(organization);
        context.Organizations.Add(organization);
        member.OrganizationId = organization.Id;
        member.OrganizationRole = OrganizationRole.Owner;

        // A concurrent request of the same user must fail on its older state of the user.
        member.ConcurrencyStamp = Guid.NewGuid().ToString();
        return organization;
    }

    /// <summary>Applies a merge patch to the organization's present profile. One that changes nothing writes nothing.</summary>
    /// <param name="context">The context of the transaction.</param>
    /// <param name="id">The organization.</param>
    /// <param name="patch">The merge patch.</param>
    /// <param name="number">The business number of the patch; null where it has none, or one that is refused.</param>
    /// <param name="isExpected">Whether the present state may be changed.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public static async Task<OrganizationChange> UpdateAsync(
        ConnectDbContext context, Guid id, JsonObject patch, StoredBusinessNumber? number, Func<Organization, bool> isExpected,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await LockAsync(context, id, cancellationToken) is not { } organization)
        {
            return new();
        }

        if (!isExpected(organization))
        {
            return new() { IsStale = true };
        }

        var (input, errors) = MergePatch.Apply<UpdateOrganizationRequest>(organization.ToInput(), patch);
        if (input is null)
        {
            return new() { Errors = errors };
        }

        if (FindContradiction(input, now) is var (field, problem))
        {
            return new() { Errors = new() { [field] = [problem] } };
        }

        if (number is null && patch.ContainsKey(NumberField))
        {
            return new() { Errors = new() { [NumberField] = ["The business number can't be removed."] } };
        }

        if (number is not null && number.Hash != organization.BusinessNumberHash)
        {
            if (await IsTakenAsync(context, number, cancellationToken))
            {
                return new() { IsTaken = true };
            }

            (organization.BusinessNumberEncrypted, organization.BusinessNumberHash) = number;
        }

        input.Apply(organization);
        if (context.Entry(organization).State == EntityState.Modified)
        {
            organization.UpdatedAt = now;
        }

        return new() { Organization = organization };
    }

    /// <summary>Deletes the organization.</summary>
    /// <param name="context">The transaction's context.</param>
    /// <param name="id">The organization.</param>
    /// <param name="ownerId">The caller, who has to be an owner now; null for an administrator.</param>
    /// <param name="isExpected">Whether the organization is as the caller has read it.</param>
    /// <param name="now">The moment of the deletion.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OrganizationChange> RemoveAsync(
        ConnectDbContext context, Guid id, Guid? ownerId, Func<Organization, bool> isExpected, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await LockAsync(context, id, cancellationToken) is not { } organization)
        {
            return new();
        }

        // Read under the lock: the role may have been taken away since the request was let in.
        if (ownerId is not null && !await context.Users.AnyAsync(
            u => u.Id == ownerId && u.OrganizationId == id && (u.OrganizationRole ?? OrganizationRole.Owner) == OrganizationRole.Owner,
            cancellationToken))
        {
            return new() { IsForbidden = true };
        }

        if (!isExpected(organization))
        {
            return new() { IsStale = true };
        }

        await OrganizationRemoval.RemoveAsync(context, organization, now, cancellationToken);
        return new() { Organization = organization };
    }

    /// <summary>The first rule over several fields that the profile breaks; null if it breaks none.</summary>
    public static (string Field, string Problem)? FindContradiction(OrganizationInput input, DateTimeOffset now)
    {
        static bool IsBad(IReadOnlyList<string>? words) =>
            words?.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > MaxKeywordLength) == true;

        return IsBad(input.ResearchFocusAreas) ? ("researchFocusAreas", BadKeyword)
            : IsBad(input.KeyTechnologies) ? ("keyTechnologies", BadKeyword)
            : input.IndustrySector is { } own && input.ExcludedSectors?.Contains(own) == true
            ? ("excludedSectors", "An organization can't exclude its own sector.")
            : input.EstablishedOn > SeoulTime.DateOf(now) ? ("establishedOn", "The founding day is not in the future.")
            : null;
    }

    // For a clear answer; of two concurrent requests the unique index refuses the second.
    private static Task<bool> IsTakenAsync(ConnectDbContext context, StoredBusinessNumber number, CancellationToken cancellationToken) =>
        context.Organizations.AnyAsync(o => o.BusinessNumberHash == number.Hash, cancellationToken);

    /// <summary>
    /// Locks an active organization; null where there is none. Of two concurrent changes the second waits here, and reads the first one's
    /// result. Members and invitations change under this lock too; users are locked after it.
    /// </summary>
    public static Task<Organization?> LockAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken) => context.Organizations
        .FromSql($"select *, xmin from organizations where id = {id} and status = 'Active' for update")
        .SingleOrDefaultAsync(cancellationToken);
}
