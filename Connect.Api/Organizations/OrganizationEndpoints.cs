using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Connect.Api.Http;
using Connect.Api.Idempotency;
using Connect.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Connect.Api.Organizations;

/// <summary><c>/api/organizations</c>.</summary>
internal static class OrganizationEndpoints
{
    private const string What = "Organization";
    private const string CreateOperation = "organizations.create";

    public static void MapOrganizations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/organizations").WithTags("Organizations").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/", CreateAsync).AcceptsIdempotencyKey()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Creates the caller's organization; the caller joins it.");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetOrganization").ProducesProblem(StatusCodes.Status404NotFound)
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("The organization, for its members.");
        group.MapPatch("/{id:guid}", PatchAsync).HonoursIfMatch()
            .Accepts<OrganizationInput>("application/merge-patch+json", "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Changes the profile by a JSON merge patch; its matches are computed anew.");
        group.MapDelete("/{id:guid}", DeleteAsync).HonoursIfMatch().RequireAuthorization(Caller.AdminPolicy).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Deactivates the organization.");
    }

    private static async Task<Results<CreatedAtRoute<OrganizationResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateOrganizationRequest request, ClaimsPrincipal user, IdempotentWrites writes, ConnectDbContext reads, BusinessNumbers numbers,
        HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        if (OrganizationWrites.FindContradiction(request, time.GetUtcNow()) is var (field, problem))
        {
            return Problems.Invalid(field, problem);
        }

        var userId = Caller.IdOf(user);
        var hash = await numbers.HashAsync(request.BusinessNumber!, cancellationToken);
        try
        {
            var outcome = await writes.ExecuteAsync(
                http, CreateOperation, request,
                async (context, token) =>
                {
                    var created = await OrganizationWrites.InsertAsync(context, request, userId, hash, numbers, time.GetUtcNow(), token);
                    return new Written<Organization?>(created, created is null ? [] : [created.Id]);
                },
                cancellationToken);
            return outcome switch
            {
                { IsKeyReused: true } => Problems.IdempotencyKeyReused(),
                { Replayed: { } ids } => await FindOfMemberAsync(reads, ids[0], userId, cancellationToken) is { } existing
                    ? Created(existing, numbers, http)
                    : Problems.NotFound(What),
                { Result: { } organization } => Created(organization, numbers, http),
                _ => Exists(),
            };
        }
        catch (DbUpdateException exception) when (
            exception is DbUpdateConcurrencyException
            || exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else was faster with the same number, or the same user with another request.
            return Exists();
        }
    }

    private static CreatedAtRoute<OrganizationResponse> Created(Organization organization, BusinessNumbers numbers, HttpContext http)
    {
        http.Response.SetTag(TagOf(organization));
        return TypedResults.CreatedAtRoute(organization.ToResponse(numbers), "GetOrganization", new { id = organization.Id });
    }

    private static ProblemHttpResult Exists() =>
        Problems.Conflict("organization-exists", "The caller already belongs to an organization, or the business number is known");

    // A repeated request shows what it made as it is now, and only to who still belongs to it.
    private static Task<Organization?> FindOfMemberAsync(ConnectDbContext reads, Guid id, Guid userId, CancellationToken cancellationToken) =>
        reads.Organizations.AsNoTracking().SingleOrDefaultAsync(
            o => o.Id == id && o.Status == OrganizationStatus.Active && reads.Users.Any(u => u.Id == userId && u.OrganizationId == id),
            cancellationToken);

    private static async Task<Results<Ok<OrganizationResponse>, ProblemHttpResult, StatusCodeHttpResult>> GetAsync(
        Guid id, ClaimsPrincipal user, Ownership ownership, ConnectDbContext context, BusinessNumbers numbers, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!await ownership.IsMemberAsync(user, id, cancellationToken)
            || await context.Organizations.AsNoTracking()
                .SingleOrDefaultAsync(o => o.Id == id && o.Status == OrganizationStatus.Active, cancellationToken) is not { } organization)
        {
            return Problems.NotFound(What);
        }

        http.Response.SetTag(TagOf(organization));
        return http.Request.Has(TagOf(organization))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(organization.ToResponse(numbers));
    }

    private static async Task<Results<Ok<OrganizationResponse>, ValidationProblem, ProblemHttpResult>> PatchAsync(
        Guid id, JsonElement body, ClaimsPrincipal user, Ownership ownership, CacheTransaction<ConnectDbContext> transaction, BusinessNumbers numbers,
        HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await ownership.IsMemberAsync(user, id, cancellationToken))
        {
            return Problems.NotFound(What);
        }

        var patch = MergePatch.Read(body);
        var ifMatch = IfMatch.Of(http);
        var patched = await transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.UpdateAsync(context, id, patch, o => ifMatch.Allows(TagOf(o)), time.GetUtcNow(), token),
            cancellationToken);
        switch (patched)
        {
            case { IsStale: true }:
                return Problems.PreconditionFailed(What);
            case { Errors: { } errors }:
                return Problems.Invalid(errors);
            case { Organization: { } organization }:
                // Saving read the version that the row has since.
                http.Response.SetTag(TagOf(organization));
                return TypedResults.Ok(organization.ToResponse(numbers));
            default:
                return Problems.NotFound(What);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, CacheTransaction<ConnectDbContext> transaction, HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        var ifMatch = IfMatch.Of(http);
        var deleted = await transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.DeactivateAsync(context, id, o => ifMatch.Allows(TagOf(o)), time.GetUtcNow(), token),
            cancellationToken);
        return deleted switch
        {
            { IsStale: true } => Problems.PreconditionFailed(What),
            { Organization: null } => Problems.NotFound(What),
            _ => TypedResults.NoContent(),
        };
    }

    private static EntityTagHeaderValue TagOf(Organization organization) =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{organization.Version:x}\""));
}
