using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connect.Api.Http;
using Connect.Core.Caching;
using Connect.Core.Data;
using Connect.Core.Organizations;
using Connect.Core.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Connect.Api.Organizations;

/// <summary><c>/api/organizations</c>.</summary>
internal static class OrganizationEndpoints
{
    private const string What = "Organization";
    private const int MaxKeywordLength = 100;

    private static readonly string BadKeyword = $"Keywords have 1 to {MaxKeywordLength} characters.";

    public static void MapOrganizations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/organizations").WithTags("Organizations").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/", CreateAsync).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Creates the caller's organization; the caller joins it.");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetOrganization").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The organization, for its members.");
        group.MapPatch("/{id:guid}", PatchAsync)
            .Accepts<OrganizationInput>("application/merge-patch+json", "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Changes the profile by a JSON merge patch; its matches are computed anew.");
        group.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(Caller.AdminPolicy).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Deactivates the organization.");
    }

    private static async Task<Results<CreatedAtRoute<OrganizationResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateOrganizationRequest request, ClaimsPrincipal user, EvictingTransaction transaction, BusinessNumbers numbers,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (FindContradiction(request, time.GetUtcNow()) is var (field, problem))
        {
            return Problems.Invalid(field, problem);
        }

        var userId = Caller.IdOf(user);
        var hash = await numbers.HashAsync(request.BusinessNumber!, cancellationToken);
        try
        {
            var organization = await transaction.ExecuteAsync(
                (context, token) => InsertAsync(context, request, userId, hash, numbers, time.GetUtcNow(), token), cancellationToken);
            return organization is null
                ? Problems.Conflict("organization-exists", "The caller already belongs to an organization, or the business number is known")
                : TypedResults.CreatedAtRoute(organization.ToResponse(numbers), "GetOrganization", new { id = organization.Id });
        }
        catch (DbUpdateException exception) when (
            exception is DbUpdateConcurrencyException
            || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else was faster with the same number, or the same user with another request.
            return Problems.Conflict("organization-exists", "The caller already belongs to an organization, or the business number is known");
        }
    }

    private static async Task<Organization?> InsertAsync(
        ConnectDbContext context, CreateOrganizationRequest request, Guid userId, string hash, BusinessNumbers numbers,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var member = await context.Users.SingleAsync(u => u.Id == userId, cancellationToken);
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
        context.EvictTags("organization-created", CacheTags.Organization(organization.Id));
        return organization;
    }

    private static async Task<Results<Ok<OrganizationResponse>, ProblemHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal user, Ownership ownership, ConnectDbContext context, BusinessNumbers numbers,
        CancellationToken cancellationToken)
    {
        if (!await ownership.IsMemberAsync(user, id, cancellationToken))
        {
            return Problems.NotFound(What);
        }

        var organization = await context.Organizations.AsNoTracking()
            .SingleOrDefaultAsync(o => o.Id == id && o.Status == OrganizationStatus.Active, cancellationToken);
        return organization is null ? Problems.NotFound(What) : TypedResults.Ok(organization.ToResponse(numbers));
    }

    private static async Task<Results<Ok<OrganizationResponse>, ValidationProblem, ProblemHttpResult>> PatchAsync(
        Guid id, JsonElement body, ClaimsPrincipal user, Ownership ownership, EvictingTransaction transaction, BusinessNumbers numbers,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await ownership.IsMemberAsync(user, id, cancellationToken))
        {
            return Problems.NotFound(What);
        }

        if (body.ValueKind != JsonValueKind.Object || JsonObject.Create(body) is not { } patch || !WireJson.IsReadable(patch))
        {
            throw new BadHttpRequestException("The body is not a JSON object of Unicode text.");
        }

        var (organization, errors) = await transaction.ExecuteAsync(
            (context, token) => UpdateAsync(context, id, patch, time.GetUtcNow(), token), cancellationToken);
        return (organization, errors) switch
        {
            (_, { } invalid) => Problems.Invalid(invalid),
            (null, _) => Problems.NotFound(What),
            _ => TypedResults.Ok(organization.ToResponse(numbers)),
        };
    }

    private static async Task<(Organization? Organization, Dictionary<string, string[]>? Errors)> UpdateAsync(
        ConnectDbContext context, Guid id, JsonObject patch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Two patches at once: the second waits here and is applied to what the first has left.
        var organization = await context.Organizations
            .FromSql($"select *, xmin from organizations where id = {id} and status = 'Active' for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (organization is null)
        {
            return (null, null);
        }

        var (input, errors) = MergePatch.Apply(organization.ToInput(), patch);
        if (input is null)
        {
            return (null, errors);
        }

        if (FindContradiction(input, now) is var (field, problem))
        {
            return (null, new() { [field] = [problem] });
        }

        input.Apply(organization, now);
        context.EvictTags("profile-changed", CacheTags.Organization(id));
        return (organization, null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, EvictingTransaction transaction, TimeProvider time, CancellationToken cancellationToken)
    {
        var isDeleted = await transaction.ExecuteAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var deactivated = await context.Organizations
                    .Where(o => o.Id == id && o.Status == OrganizationStatus.Active)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(o => o.Status, OrganizationStatus.Deactivated).SetProperty(o => o.UpdatedAt, now), token);
                if (deactivated > 0)
                {
                    await context.Users.Where(u => u.OrganizationId == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(u => u.OrganizationId, (Guid?)null), token);
                    context.EvictTags("organization-deleted", CacheTags.Organization(id));
                }

                return deactivated > 0;
            },
            cancellationToken);
        return isDeleted ? TypedResults.NoContent() : Problems.NotFound(What);
    }

    /// <summary>What the attributes of the contract can't say.</summary>
    private static (string Field, string Problem)? FindContradiction(OrganizationInput input, DateTimeOffset now)
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
}
