using System.ComponentModel;
using Connect.Api.Organizations;
using Connect.Caching;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Connect.Api.Members;

/// <summary><c>/api/organizations/{id}/members</c>.</summary>
internal static class MemberEndpoints
{
    /// <summary>The document's tag of members and invitations.</summary>
    public const string Tag = "Members";

    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/organizations/{id:guid}/members").WithTags(Tag).RequireAuthorization()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/", ListAsync).WithName("ListMembers").WithSummary("The organization's members, the newest accounts first.");
        group.MapPatch("/{userId:guid}", ChangeRoleAsync).WithName("UpdateMember").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Gives a member another role; for owners.");
        group.MapDelete("/{userId:guid}", RemoveAsync).WithName("RemoveMember").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Removes a member, for owners; or the caller, who leaves.");
    }

    private static async Task<Results<Results<Ok<Page<MemberItem>>, ValidationProblem>, ProblemHttpResult>> ListAsync(
        Guid id, [AsParameters] MemberRequest request, ConnectDbContext context, int limit = Paging.DefaultLimit, string? cursor = null)
    {
        if (request.Refuse(id, OrganizationRole.Reader, MemberWrites.Organization) is { } refused)
        {
            return refused;
        }

        var callerId = request.UserId;
        return await Paging.NewestFirstAsync(
            context.Users.Where(u => u.OrganizationId == id), limit, cursor, member => ToItem(member, callerId), item => item.Id, request.Aborted);
    }

    private static async Task<Results<Ok<MemberItem>, ValidationProblem, ProblemHttpResult>> ChangeRoleAsync(
        Guid id, [Description("The member.")] Guid userId, MemberInput input, [AsParameters] MemberRequest request,
        CacheTransaction<ConnectDbContext> transaction)
    {
        if (request.Refuse(id, OrganizationRole.Owner, MemberWrites.Organization) is { } refused)
        {
            return refused;
        }

        var (role, callerId) = (input.Role!.Value, request.UserId);
        var (member, problem) = await transaction.ExecuteAsync(
            (context, token) => MemberWrites.ChangeRoleAsync(context, id, callerId, userId, role, token), request.Aborted);
        return problem is null ? TypedResults.Ok(ToItem(member!, callerId)) : problem;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id, [Description("The member.")] Guid userId, [AsParameters] MemberRequest request, CacheTransaction<ConnectDbContext> transaction)
    {
        var callerId = request.UserId;
        if (request.Refuse(id, MemberWrites.LeastToRemove(callerId, userId), MemberWrites.Organization) is { } refused)
        {
            return refused;
        }

        var problem = await transaction.ExecuteAsync(
            (context, token) => MemberWrites.RemoveAsync(context, id, callerId, userId, token), request.Aborted);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static MemberItem ToItem(User member, Guid callerId) =>
        new(member.Id, member.Email, MemberWrites.RoleOf(member), IsCurrent: member.Id == callerId);
}
