using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connect.Api.Audit;
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
        var group = app.MapGroup("/api/organizations").WithTags("Organizations")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/", CreateAsync).WithName("CreateOrganization").RequireAuthorization().AcceptsIdempotencyKey()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Creates the caller's organization; the caller joins it.");
        group.MapGet("/{id:guid}", GetAsync).WithName("GetOrganization").RequireAuthorization(Caller.ReadPolicy).ProducesProblem(StatusCodes.Status404NotFound)
            .Produces(StatusCodes.Status304NotModified)
            .WithSummary("The organization, for its members.");
        group.MapPatch("/{id:guid}", PatchAsync).WithName("UpdateOrganization").RequireAuthorization(Caller.WritePolicy).HonoursIfMatch()
            .Accepts<UpdateOrganizationRequest>("application/merge-patch+json", "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Changes the profile or corrects the business number, by a JSON merge patch.");
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteOrganization").RequireAuthorization(Caller.OwnerPolicy).HonoursIfMatch().AuditsAdministrators()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Deletes the organization and erases what is personal in it, for its owners and administrators.");
    }

    private static async Task<Results<CreatedAtRoute<OrganizationResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CreateOrganizationRequest creation, [AsParameters] MemberRequest request, IdempotentWrites writes, ConnectDbContext reads,
        BusinessNumbers numbers)
    {
        if (OrganizationWrites.FindContradiction(creation, request.Now) is var (field, problem))
        {
            return Problems.Invalid(field, problem);
        }

        var userId = request.UserId;
        BusinessNumber.Read(creation.BusinessNumber, out var number);
        var stored = await numbers.ProtectAsync(number, request.Aborted);
        try
        {
            var outcome = await writes.ExecuteAsync(
                request.Http, CreateOperation, creation,
                async (context, token) =>
                {
                    var created = await OrganizationWrites.InsertAsync(context, creation, userId, stored, request.Now, token);
                    return new Written<Organization?>(created, created is null ? [] : [created.Id]);
                },
                request.Aborted);
            return outcome switch
            {
                { IsKeyReused: true } => Problems.IdempotencyKeyReused(),
                { Replayed: [] } => Problems.NotFound(What),
                { Replayed: { } ids } => await FindOfMemberAsync(reads, ids[0], userId, request.Aborted) is { } existing
                    ? Created(existing, numbers, request.Http)
                    : Problems.NotFound(What),
                { Result: { } organization } => Created(organization, numbers, request.Http),
                _ => Exists(),
            };
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || IsTaken(exception))
        {
            // A concurrent request has the same business number, or is of the same user.
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

    private static ProblemHttpResult Taken() => Problems.Conflict("organization-exists", "Another organization has the business number");

    private static bool IsTaken(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    // A retry is answered with the organization as it is now, and only to a member.
    private static Task<Organization?> FindOfMemberAsync(ConnectDbContext reads, Guid id, Guid userId, CancellationToken cancellationToken) =>
        reads.Organizations.AsNoTracking().SingleOrDefaultAsync(
            o => o.Id == id && o.Status == OrganizationStatus.Active && reads.Users.Any(u => u.Id == userId && u.OrganizationId == id),
            cancellationToken);

    private static async Task<Results<Ok<OrganizationResponse>, ProblemHttpResult, StatusCodeHttpResult>> GetAsync(
        Guid id, [AsParameters] MemberRequest request, ConnectDbContext context, BusinessNumbers numbers)
    {
        if (request.Refuse(id, OrganizationRole.Reader, What) is { } refused)
        {
            return refused;
        }

        if (await context.Organizations.AsNoTracking()
                .SingleOrDefaultAsync(o => o.Id == id && o.Status == OrganizationStatus.Active, request.Aborted) is not { } organization)
        {
            return Problems.NotFound(What);
        }

        request.Http.Response.SetTag(TagOf(organization));
        return request.Http.Request.Has(TagOf(organization))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(organization.ToResponse(numbers));
    }

    private static async Task<Results<Ok<OrganizationResponse>, ValidationProblem, ProblemHttpResult>> PatchAsync(
        Guid id, JsonElement body, [AsParameters] MemberRequest request, CacheTransaction<ConnectDbContext> transaction, BusinessNumbers numbers)
    {
        if (request.Refuse(id, OrganizationRole.Editor, What) is { } refused)
        {
            return refused;
        }

        var patch = MergePatch.Read(body);
        var ifMatch = IfMatch.Of(request.Http);

        // Before the transaction: the key of the hash may have to be read.
        var number = patch[OrganizationWrites.NumberField] is JsonValue value && value.TryGetValue(out string? text)
            && BusinessNumber.TryParse(text, out var correction)
            ? await numbers.ProtectAsync(correction, request.Aborted)
            : null;
        OrganizationChange patched;
        try
        {
            patched = await transaction.ExecuteAsync(
                (context, token) => OrganizationWrites.UpdateAsync(context, id, patch, number, o => ifMatch.Allows(TagOf(o)), request.Now, token),
                request.Aborted);
        }
        catch (DbUpdateException exception) when (IsTaken(exception))
        {
            // A concurrent request has given it to another organization.
            return Taken();
        }

        switch (patched)
        {
            case { IsTaken: true }:
                return Taken();
            case { IsStale: true }:
                return Problems.PreconditionFailed(What, ifMatch);
            case { Errors: { } errors }:
                return Problems.Invalid(errors);
            case { Organization: { } organization }:
                // Saving has read the row's new version back.
                request.Http.Response.SetTag(TagOf(organization));
                return TypedResults.Ok(organization.ToResponse(numbers));
            default:
                return Problems.NotFound(What);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, [AsParameters] MemberRequest request, CacheTransaction<ConnectDbContext> transaction)
    {
        var isAdministrator = request.Caller.IsAdministrator;
        if (!isAdministrator && request.Refuse(id, OrganizationRole.Owner, What) is { } refused)
        {
            return refused;
        }

        var ifMatch = IfMatch.Of(request.Http);
        Guid? ownerId = isAdministrator ? null : request.UserId;
        var removed = await transaction.ExecuteAsync(
            (context, token) => OrganizationWrites.RemoveAsync(context, id, ownerId, o => ifMatch.Allows(TagOf(o)), request.Now, token),
            request.Aborted);
        return removed switch
        {
            { IsForbidden: true } => Problems.Forbidden("Only an owner may delete the organization"),
            { IsStale: true } => Problems.PreconditionFailed(What, ifMatch),
            { Organization: null } => Problems.NotFound(What),
            _ => TypedResults.NoContent(),
        };
    }

    private static EntityTagHeaderValue TagOf(Organization organization) =>
        new(string.Create(CultureInfo.InvariantCulture, $"\"{organization.Version:x}\""));
}
