using System.ComponentModel;
using Connect.Api.Organizations;
using Connect.Api.RateLimits;
using Connect.Caching;
using Connect.Data.Mails;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Connect.Api.Members;

/// <summary><c>/api/organizations/{id}/invitations</c> and <c>/api/invitations</c>.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/organizations/{id:guid}/invitations").WithTags(MemberEndpoints.Tag).RequireAuthorization()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapPost("/", InviteAsync).WithName("InviteMember").RequireRateLimiting(RateLimiting.Invitation)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Invites a person by mail, or renews the invitation; for owners.");
        group.MapGet("/", ListAsync).WithName("ListInvitations").WithSummary("Invitations that can be accepted, newest first; for owners.");
        group.MapDelete("/{invitationId:guid}", WithdrawAsync).WithName("WithdrawInvitation")
            .WithSummary("Withdraws an invitation: its link opens nothing any more; for owners.");
        app.MapPost("/api/invitations/accept", AcceptAsync).WithName("AcceptInvitation").WithTags(MemberEndpoints.Tag).RequireAuthorization()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Joins an organization by the token of an invitation's mail.");
        InvitationPage.Map(app);
    }

    private static async Task<Results<Ok<InvitationItem>, ValidationProblem, ProblemHttpResult>> InviteAsync(
        Guid id, InvitationInput input, [AsParameters] MemberRequest request, CacheTransaction<ConnectDbContext> transaction, InvitationMails mails,
        IOptions<OrganizationOptions> options)
    {
        if (request.Refuse(id, OrganizationRole.Owner, MemberWrites.Organization) is { } refused)
        {
            return refused;
        }

        if (!mails.AreSent)
        {
            return Problems.MailNotConfigured();
        }

        if (!MailAddresses.IsValid(input.Email))
        {
            return Problems.Invalid("email", "This is no mail address.");
        }

        var order = new InvitationOrder(
            id, request.UserId, input.Email!, input.Role!.Value, request.Http.Request.PreferredLanguage(), request.Now,
            options.Value.InvitationLifetime);
        var (invitation, problem) = await transaction.ExecuteAsync(
            (context, token) => InvitationWrites.AddAsync(context, order, mails, token), request.Aborted);
        return problem is null ? TypedResults.Ok(ToItem(invitation!)) : problem;
    }

    private static async Task<Results<Results<Ok<Page<InvitationItem>>, ValidationProblem>, ProblemHttpResult>> ListAsync(
        Guid id, [AsParameters] MemberRequest request, ConnectDbContext context, int limit = Paging.DefaultLimit, string? cursor = null)
    {
        if (request.Refuse(id, OrganizationRole.Owner, MemberWrites.Organization) is { } refused)
        {
            return refused;
        }

        var now = request.Now;
        return await Paging.NewestFirstAsync(
            context.Invitations.Where(i => i.OrganizationId == id && i.ExpiresAt > now), limit, cursor, ToItem, item => item.Id, request.Aborted);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        Guid id, [Description("The invitation.")] Guid invitationId, [AsParameters] MemberRequest request,
        CacheTransaction<ConnectDbContext> transaction)
    {
        if (request.Refuse(id, OrganizationRole.Owner, MemberWrites.Organization) is { } refused)
        {
            return refused;
        }

        var callerId = request.UserId;
        var problem = await transaction.ExecuteAsync(
            (context, token) => InvitationWrites.RemoveAsync(context, id, callerId, invitationId, token), request.Aborted);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static async Task<Results<Ok<Membership>, ValidationProblem, ProblemHttpResult>> AcceptAsync(
        AcceptanceInput input, [AsParameters] MemberRequest request, CacheTransaction<ConnectDbContext> transaction)
    {
        var (userId, now) = (request.UserId, request.Now);
        var (membership, problem) = await transaction.ExecuteAsync(
            (context, token) => InvitationWrites.AcceptAsync(context, input.Token!, userId, now, token), request.Aborted);
        return problem is null ? TypedResults.Ok(membership) : problem;
    }

    private static InvitationItem ToItem(Invitation invitation) => new(
        invitation.Id, invitation.Email, invitation.Role, invitation.CreatedAt.ToOffset(SeoulTime.Offset),
        invitation.ExpiresAt.ToOffset(SeoulTime.Offset));
}
