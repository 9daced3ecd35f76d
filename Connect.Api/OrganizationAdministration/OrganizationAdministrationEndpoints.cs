using System.ComponentModel;
using Connect.Caching;
using Connect.Data.Mails;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Connect.Api.OrganizationAdministration;

/// <summary><c>/api/admin/organizations</c>: deleted organizations are found and restored.</summary>
internal static class OrganizationAdministrationEndpoints
{
    private const string What = "Deleted organization";

    public static void MapOrganizationAdministration(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/admin/organizations").WithTags("Administration").RequireAuthorization(Caller.AdminPolicy)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/", ListAsync).WithName("ListOrganizations").WithSummary("Organizations without what is personal, newest first.");
        group.MapPost("/{id:guid}/restore", RestoreAsync).WithName("RestoreOrganization").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Restores a deleted organization and invites a person to own it.");
    }

    private static async Task<Results<Ok<Page<AdministeredOrganization>>, ValidationProblem>> ListAsync(
        ConnectDbContext context, IOptions<OrganizationOptions> options, CancellationToken cancellationToken,
        [Description("Only with this status.")][WireNames<OrganizationStatus>] string? status = null, int limit = Paging.DefaultLimit, string? cursor = null)
    {
        if (!WireJson.TryParse<OrganizationStatus>(status, out var wanted))
        {
            return Problems.Invalid("status", WireJson.OneOf<OrganizationStatus>());
        }

        var organizations = wanted is null ? context.Organizations : context.Organizations.Where(o => o.Status == wanted);
        return await Paging.NewestFirstAsync(organizations, limit, cursor, o => ToItem(o, options.Value), item => item.Id, cancellationToken);
    }

    private static async Task<Results<Ok<RestoredOrganization>, ValidationProblem, ProblemHttpResult>> RestoreAsync(
        Guid id, RestoreRequest request, CacheTransaction<ConnectDbContext> transaction, InvitationMails mails, IOptions<OrganizationOptions> options,
        TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        if (!mails.AreSent)
        {
            return Problems.MailNotConfigured();
        }

        if (!MailAddresses.IsValid(request.OwnerEmail))
        {
            return Problems.Invalid("ownerEmail", "This is no mail address.");
        }

        var (now, administrator) = (time.GetUtcNow(), Caller.IdOf(http.User));
        var restored = await transaction.ExecuteAsync(
            async (context, token) =>
            {
                if (await OrganizationRemoval.RestoreAsync(context, id, now - options.Value.RestoreWithin, now, token) is not { } organization)
                {
                    return null;
                }

                var made = await Invitations.AddAsync(
                    context, id, request.OwnerEmail!, OrganizationRole.Owner, invitedBy: administrator, now, options.Value.InvitationLifetime, token);
                await mails.AddAsync(context, made, organization.Name, http.Request.PreferredLanguage(), token);
                return new RestoredOrganization(ToItem(organization, options.Value), made.Invitation.Id, made.Invitation.ExpiresAt.ToOffset(SeoulTime.Offset));
            },
            cancellationToken);
        return restored is null ? Problems.NotFound(What) : TypedResults.Ok(restored);
    }

    private static AdministeredOrganization ToItem(Organization organization, OrganizationOptions options) => new(
        organization.Id, organization.Type, organization.Status, organization.CreatedAt.ToOffset(SeoulTime.Offset),
        organization.UpdatedAt.ToOffset(SeoulTime.Offset), organization.DeactivatedAt?.ToOffset(SeoulTime.Offset),
        (organization.DeactivatedAt + options.RestoreWithin)?.ToOffset(SeoulTime.Offset));
}
