using Connect.Api.Organizations;
using Connect.Caching;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Members;

/// <summary>An invitation to be made.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="CallerId">The owner that invites.</param>
/// <param name="Email">The invited address.</param>
/// <param name="Role">The role of the member to be.</param>
/// <param name="Language">The language of the mail.</param>
/// <param name="At">When it is made.</param>
/// <param name="Lifetime">How long it can be accepted.</param>
internal sealed record InvitationOrder(
    Guid OrganizationId, Guid CallerId, string Email, OrganizationRole Role, ExplanationLanguage Language, DateTimeOffset At, TimeSpan Lifetime);

/// <summary>Changes of invitations, each to be run inside <see cref="CacheTransaction{TContext}"/>, under the organization's lock.</summary>
internal static class InvitationWrites
{
    /// <summary>Members that an organization has at most.</summary>
    public const int MaxMembers = 200;

    /// <summary>Invitations of an organization that wait at most.</summary>
    public const int MaxPending = 100;

    private const string What = "Invitation";

    /// <summary>Makes an invitation with its mail, or replaces that of the same address.</summary>
    /// <returns>The invitation, or the answer to a refused caller.</returns>
    public static async Task<(Invitation? Invitation, ProblemHttpResult? Refused)> AddAsync(
        ConnectDbContext context, InvitationOrder order, InvitationMails mails, CancellationToken cancellationToken)
    {
        var (organization, refused) = await MemberWrites.LockAsync(
            context, order.OrganizationId, order.CallerId, OrganizationRole.Owner, cancellationToken);
        if (refused is not null)
        {
            return (null, refused);
        }

        var normalized = Invitations.Normalize(order.Email);
        if (await context.Users.AnyAsync(u => u.OrganizationId == order.OrganizationId && u.NormalizedEmail == normalized, cancellationToken))
        {
            return (null, Problems.Conflict("already-member", "The address is a member's"));
        }

        if (await IsFullAsync(context, order.OrganizationId, cancellationToken))
        {
            return (null, Full());
        }

        var others = context.Invitations.Where(
            i => i.OrganizationId == order.OrganizationId && i.NormalizedEmail != normalized && i.ExpiresAt > order.At);
        if (await others.CountAsync(cancellationToken) >= MaxPending)
        {
            return (null, Problems.Conflict("too-many-invitations", $"At most {MaxPending} invitations wait at once: withdraw one first"));
        }

        var made = await Invitations.AddAsync(
            context, order.OrganizationId, order.Email, order.Role, order.CallerId, order.At, order.Lifetime, cancellationToken);
        await mails.AddAsync(context, made, organization!.Name, order.Language, cancellationToken);
        return (made.Invitation, null);
    }

    /// <summary>Withdraws an invitation.</summary>
    /// <returns>The answer to a refused caller; null where it is withdrawn.</returns>
    public static async Task<ProblemHttpResult?> RemoveAsync(
        ConnectDbContext context, Guid organizationId, Guid callerId, Guid invitationId, CancellationToken cancellationToken)
    {
        if (await MemberWrites.LockAsync(context, organizationId, callerId, OrganizationRole.Owner, cancellationToken) is (_, { } refused))
        {
            return refused;
        }

        var removed = await Invitations.RemoveAsync(
            context, context.Invitations.Where(i => i.Id == invitationId && i.OrganizationId == organizationId), cancellationToken);
        return removed == 0 ? Problems.NotFound(What) : null;
    }

    /// <summary>
    /// Lets the user join by an invitation's token, and removes the invitation. The user's address is the invited one, if the user has one.
    /// </summary>
    /// <returns>What the user belongs to now, or the answer to a refused caller: one for every token that does not open anything.</returns>
    /// <exception cref="UnknownCallerException">The user is deleted.</exception>
    public static async Task<(Membership? Membership, ProblemHttpResult? Refused)> AcceptAsync(
        ConnectDbContext context, string token, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = Invitations.HashOf(token);
        var usable = context.Invitations.Where(i => i.TokenHash == hash && i.ExpiresAt > now);
        var organizationId = await usable.Select(i => (Guid?)i.OrganizationId).SingleOrDefaultAsync(cancellationToken);
        if (organizationId is null || await OrganizationWrites.LockAsync(context, organizationId.Value, cancellationToken) is null)
        {
            return (null, Problems.NotFound(What));
        }

        var user = await context.Users.FromSql($"select * from users where id = {userId} for update").SingleOrDefaultAsync(cancellationToken)
            ?? throw new UnknownCallerException();

        // Again, under the lock: of two requests with one token the second finds nothing.
        if (await usable.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } invitation
            || (user.Email is { } email && Invitations.Normalize(email) != invitation.NormalizedEmail))
        {
            return (null, Problems.NotFound(What));
        }

        if (user.OrganizationId is not null)
        {
            return (null, Problems.Conflict("organization-exists", "The caller already belongs to an organization"));
        }

        if (await IsFullAsync(context, invitation.OrganizationId, cancellationToken))
        {
            return (null, Full());
        }

        MemberWrites.Set(user, invitation.OrganizationId, invitation.Role);
        await Invitations.RemoveAsync(context, usable, cancellationToken);
        return (new Membership(invitation.OrganizationId, invitation.Role), null);
    }

    private static async Task<bool> IsFullAsync(ConnectDbContext context, Guid organizationId, CancellationToken cancellationToken) =>
        await context.Users.CountAsync(u => u.OrganizationId == organizationId, cancellationToken) >= MaxMembers;

    private static ProblemHttpResult Full() => Problems.Conflict("too-many-members", $"An organization has at most {MaxMembers} members");
}
