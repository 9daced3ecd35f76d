using Connect.Api.Organizations;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Identity.ApiKeys;

/// <summary>
/// Keys of programs: an organization's, for its owners, and an administrator's own. People manage them: a key makes no keys.
/// </summary>
internal static class KeyEndpoints
{
    private const string What = "Key";
    private const string Organization = "Organization";

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/organizations/{id:guid}/keys").WithTags("Keys").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        own.MapGet("/", ListAsync).WithName("ListKeys").WithSummary("The organization's keys that are not revoked, newest first, for its owners.");
        own.MapPost("/", CreateAsync).WithName("CreateKey").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Makes a key of the organization; its secret is shown only in this answer.");
        own.MapPost("/{keyId:guid}/rotate", RotateAsync).WithName("RotateKey")
            .WithSummary("Gives the key a new secret; the one before stays good for a while.");
        own.MapDelete("/{keyId:guid}", RevokeAsync).WithName("RevokeKey").WithSummary("Ends the key: it is refused everywhere.");

        // Two policies, of which both have to hold: an administrator, and a person.
        var administrators = app.MapGroup("/api/admin/keys").WithTags("Keys").RequireAuthorization().RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        administrators.MapGet("/", ListOwnAsync).WithName("ListAdminKeys").WithSummary("The administrator's own keys that are not revoked, newest first.");
        administrators.MapPost("/", CreateOwnAsync).WithName("CreateAdminKey").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Makes a key of the administrator; its secret is shown only in this answer.")
            .WithDescription("It can do no more than the administrator can at that moment, and ends with the account.");
        administrators.MapPost("/{keyId:guid}/rotate", RotateOwnAsync).WithName("RotateAdminKey").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Gives the key a new secret; the one before stays good for a while.");
        administrators.MapDelete("/{keyId:guid}", RevokeOwnAsync).WithName("RevokeAdminKey").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Ends the key: it is refused everywhere.");
    }

    private static async Task<Results<Results<Ok<Page<KeyItem>>, ValidationProblem>, ProblemHttpResult>> ListAsync(
        Guid id, [AsParameters] MemberRequest request, ConnectDbContext context, int limit = Paging.DefaultLimit, string? cursor = null)
    {
        if (request.Refuse(id, OrganizationRole.Owner, Organization) is { } refused)
        {
            return refused;
        }

        return await PageAsync(OwnerOf(id, request.Http), context, request.Now, limit, cursor, request.Aborted);
    }

    private static async Task<Results<Created<KeySecretResponse>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        Guid id, CreateKeyRequest body, [AsParameters] MemberRequest request, KeyWrites keys) =>
        request.Refuse(id, OrganizationRole.Owner, Organization) is { } refused
            ? refused
            : await MakeAsync(OwnerOf(id, request.Http), body, keys, request.Aborted);

    private static async Task<Results<Ok<KeySecretResponse>, ProblemHttpResult>> RotateAsync(
        Guid id, Guid keyId, RotateKeyRequest body, [AsParameters] MemberRequest request, KeyWrites keys) =>
        request.Refuse(id, OrganizationRole.Owner, Organization) is { } refused
            ? refused
            : Answer(await keys.RotateAsync(OwnerOf(id, request.Http), keyId, body, request.Aborted));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, Guid keyId, [AsParameters] MemberRequest request, KeyWrites keys) =>
        request.Refuse(id, OrganizationRole.Owner, Organization) is { } refused
            ? refused
            : Answer(await keys.RevokeAsync(OwnerOf(id, request.Http), keyId, request.Aborted));

    private static Task<Results<Ok<Page<KeyItem>>, ValidationProblem>> ListOwnAsync(
        ConnectDbContext context, TimeProvider time, HttpContext http, int limit = Paging.DefaultLimit, string? cursor = null) =>
        PageAsync(OwnerOf(http), context, time.GetUtcNow(), limit, cursor, http.RequestAborted);

    private static Task<Results<Created<KeySecretResponse>, ValidationProblem, ProblemHttpResult>> CreateOwnAsync(
        CreateKeyRequest body, KeyWrites keys, HttpContext http) => MakeAsync(OwnerOf(http), body, keys, http.RequestAborted);

    private static async Task<Results<Ok<KeySecretResponse>, ProblemHttpResult>> RotateOwnAsync(
        Guid keyId, RotateKeyRequest body, KeyWrites keys, HttpContext http) =>
        Answer(await keys.RotateAsync(OwnerOf(http), keyId, body, http.RequestAborted));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeOwnAsync(Guid keyId, KeyWrites keys, HttpContext http) =>
        Answer(await keys.RevokeAsync(OwnerOf(http), keyId, http.RequestAborted));

    private static async Task<Results<Created<KeySecretResponse>, ValidationProblem, ProblemHttpResult>> MakeAsync(
        KeyOwner owner, CreateKeyRequest body, KeyWrites keys, CancellationToken cancellationToken)
    {
        if (!owner.Scopes.Contains(body.Scope!.Value))
        {
            return Problems.Invalid("scope", $"One of {string.Join(", ", owner.Scopes.Select(WireJson.NameOf))}.");
        }

        // Without Location: a key has no address of its own.
        return await keys.CreateAsync(owner, body, cancellationToken) is { } made
            ? TypedResults.Created((string?)null, made)
            : Problems.Conflict("key-exists", $"There is a key of this name, or there are {KeyWrites.MaxKeys} keys");
    }

    private static Task<Results<Ok<Page<KeyItem>>, ValidationProblem>> PageAsync(
        KeyOwner owner, ConnectDbContext context, DateTimeOffset now, int limit, string? cursor, CancellationToken cancellationToken) =>
        Paging.NewestFirstAsync(
            owner.KeysOf(context), limit, cursor, key => KeyWrites.ToItem(key, now), item => item.Id, cancellationToken);

    private static Results<Ok<KeySecretResponse>, ProblemHttpResult> Answer(KeySecretResponse? rotated) =>
        rotated is null ? Problems.NotFound(What) : TypedResults.Ok(rotated);

    private static Results<NoContent, ProblemHttpResult> Answer(bool isRevoked) =>
        isRevoked ? TypedResults.NoContent() : Problems.NotFound(What);

    private static KeyOwner OwnerOf(Guid organizationId, HttpContext http) => new(organizationId, AdministratorId: null, Caller.Of(http).Id);

    private static KeyOwner OwnerOf(HttpContext http) => new(OrganizationId: null, Caller.Of(http).Id, Caller.Of(http).Id);
}
