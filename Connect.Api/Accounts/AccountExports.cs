using Connect.Api.Audit;
using Connect.Data.Accounts;
using Connect.Data.Model;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Accounts;

/// <summary>Reads what is kept of a person. Administrators find older entries of theirs in the audit trail.</summary>
internal static class AccountExports
{
    private const int MaxEntries = 10_000;

    /// <summary>The export; null where there is no such account.</summary>
    public static async Task<AccountExport?> ReadAsync(ConnectDbContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (await context.Users.AsNoTracking().Include(u => u.Organization).SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) is not { } user)
        {
            return null;
        }

        var allowance = $"user:{userId}";
        return new AccountExport(
            await ReadAccountAsync(context, user, cancellationToken),
            user.Organization is { } organization
                ? new(organization.Id, organization.Name, user.OrganizationRole ?? OrganizationRole.Owner)
                : null,
            await context.UserSessions.Where(s => s.UserId == userId).OrderBy(s => s.Id)
                .Select(s => new ExportedSession(s.Id, s.Client, s.CreatedAt, s.LastUsedAt, s.ExpiresAt, s.EndedAt, s.EndReason))
                .ToListAsync(cancellationToken),
            await context.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == userId)
                .Select(p => new ExportedPasskey(p.Data.Name, p.Data.CreatedAt)).ToListAsync(cancellationToken),
            await context.UserLogins.Where(l => l.UserId == userId)
                .Select(l => new ExportedLogin(l.LoginProvider, l.ProviderKey)).ToListAsync(cancellationToken),
            await context.ApiKeys.Where(k => k.CreatedBy == userId || k.AdministratorId == userId).OrderBy(k => k.Id)
                .Select(k => new ExportedApiKey(k.Id, k.OrganizationId, k.Name, k.Scope, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.RevokedAt))
                .ToListAsync(cancellationToken),
            await ReadAsync(context.InvitationsTo(user), cancellationToken),
            await ReadAsync(context.Invitations.Where(i => i.InvitedBy == userId), cancellationToken),
            await context.MailsTo(user).Union(context.Mails.Where(m => m.UserId == userId)).OrderBy(m => m.Id)
                .Select(m => new ExportedMail(m.Id, m.Template, m.Status, m.CreatedAt, m.CompletedAt)).ToListAsync(cancellationToken),
            await context.IdempotencyKeys.Where(k => k.UserId == userId).OrderBy(k => k.CreatedAt)
                .Select(k => new ExportedIdempotencyKey(k.Key, k.Operation, k.CreatedAt)).ToListAsync(cancellationToken),
            await context.ExplanationAllowances.Where(a => a.Key == allowance).Select(a => (DateTimeOffset?)a.FullAt)
                .SingleOrDefaultAsync(cancellationToken),
            await context.ProgramCorrections.Where(c => c.UserId == userId).OrderByDescending(c => c.Id).Take(MaxEntries)
                .Select(c => new ExportedCorrection(c.ProgramId, c.Field, c.Reason, c.CorrectedAt)).ToListAsync(cancellationToken),
            await context.MatchMarkChanges.Where(c => c.UserId == userId).OrderByDescending(c => c.Id).Take(MaxEntries)
                .Select(c => new ExportedMatchMark(c.MatchId, c.At, c.FromStatus, c.ToStatus, c.DismissalReason, c.Note)).ToListAsync(cancellationToken),
            await context.AuditEntries.Where(e => e.UserId == userId).OrderByDescending(e => e.Id).Take(MaxEntries)
                .Select(e => new AuditItem(e.Id, e.At, e.UserId, e.Method, e.Route, e.Target, e.TraceId, e.Status, e.CompletedAt)).ToListAsync(cancellationToken));
    }

    private static async Task<ExportedAccount> ReadAccountAsync(ConnectDbContext context, User user, CancellationToken cancellationToken) => new(
        user.Id, user.Email, user.EmailConfirmed, user.PhoneNumber, user.PasswordHash is not null, user.TwoFactorEnabled, user.AccessFailedCount,
        user.LockoutEnd,
        await context.UserRoles.Where(r => r.UserId == user.Id)
            .Join(context.Roles, r => r.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync(cancellationToken),
        await context.UserClaims.Where(c => c.UserId == user.Id).Select(c => new ExportedClaim(c.ClaimType, c.ClaimValue)).ToListAsync(cancellationToken));

    private static Task<List<ExportedInvitation>> ReadAsync(IQueryable<Invitation> invitations, CancellationToken cancellationToken) =>
        invitations.OrderBy(i => i.Id).Select(i => new ExportedInvitation(i.Id, i.OrganizationId, i.Email, i.Role, i.CreatedAt, i.ExpiresAt))
            .ToListAsync(cancellationToken);
}
