using System.Text.Json.Nodes;
using Connect.Api.Http;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Organizations;

/// <summary>What became of a change.</summary>
internal sealed record OrganizationChange
{
    /// <summary>The organization as it is now; null where there is none, or it was not changed.</summary>
    public Organization? Organization { get; init; }

    /// <summary>What is wrong with the profile that would be, by field.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }

    /// <summary>Whether it is not what the caller takes it for.</summary>
    public bool IsStale { get; init; }
}

/// <summary>Changes of organizations, each to be run inside <see cref="CacheTransaction{TContext}"/>.</summary>
internal static class OrganizationWrites
{
    private const int MaxKeywordLength = 100;

    private static readonly string BadKeyword = $"Keywords have 1 to {MaxKeywordLength} characters.";

    /// <summary>Adds the user's organization; null where the user has one, or the business number is known.</summary>
    /// <exception cref="UnknownCallerException">There is no such user any more.</exception>
    public static async Task<Organization?> InsertAsync(
        ConnectDbContext context, CreateOrganizationRequest request, Guid userId, string hash, BusinessNumbers numbers,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var member = await context.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) ?? throw new UnknownCallerException();
        if (member.OrganizationId is not null
            || await context.Organizations.AnyAsync(o => o.BusinessNumberHash == hash, cancellationToken))
        {
            return null;
        }

        var organization = new Organization
        {
            Name = request.Name!,
            BusinessNumberEncrypted = numbers.Encrypt(request.BusinessNumber!),
            BusinessNumberHash = hash,
            CreatedAt = now,
        };
        request.Apply(organization, now);
        context.Organizations.Add(organization);
        member.OrganizationId = organization.Id;

        // A second request of the same user must not find its own, older state still true.
        member.ConcurrencyStamp = Guid.NewGuid().ToString();
        context.EvictTags(EvictionReasons.OrganizationCreated, ConnectTags.Organization(organization.Id));
        return organization;
    }

    /// <summary>Applies a merge patch to what the organization is now.</summary>
    public static async Task<OrganizationChange> UpdateAsync(
        ConnectDbContext context, Guid id, JsonObject patch, Func<Organization, bool> isExpected, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await LockAsync(context, id, cancellationToken) is not { } organization)
        {
            return new();
        }

        if (!isExpected(organization))
        {
            return new() { IsStale = true };
        }

        var (input, errors) = MergePatch.Apply(organization.ToInput(), patch);
        if (input is null)
        {
            return new() { Errors = errors };
        }

        if (FindContradiction(input, now) is var (field, problem))
        {
            return new() { Errors = new() { [field] = [problem] } };
        }

        input.Apply(organization, now);
        context.EvictTags(EvictionReasons.ProfileChanged, ConnectTags.Organization(id));
        return new() { Organization = organization };
    }

    /// <summary>Deactivates the organization and lets its members go.</summary>
    public static async Task<OrganizationChange> DeactivateAsync(
        ConnectDbContext context, Guid id, Func<Organization, bool> isExpected, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await LockAsync(context, id, cancellationToken) is not { } organization)
        {
            return new();
        }

        if (!isExpected(organization))
        {
            return new() { IsStale = true };
        }

        (organization.Status, organization.UpdatedAt) = (OrganizationStatus.Deactivated, now);
        await context.Users.Where(u => u.OrganizationId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.OrganizationId, (Guid?)null), cancellationToken);
        context.EvictTags(EvictionReasons.OrganizationDeleted, ConnectTags.Organization(id));
        return new() { Organization = organization };
    }

    /// <summary>What the attributes of the contract can't say.</summary>
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

    // Two changes at once: the second waits here, and meets what the first has left.
    private static Task<Organization?> LockAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken) => context.Organizations
        .FromSql($"select *, xmin from organizations where id = {id} and status = 'Active' for update")
        .SingleOrDefaultAsync(cancellationToken);
}
