using Connect.Caching;
using Connect.Data.Model;
using Connect.Data.Organizations;
using Connect.Domain.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;

namespace Connect.ScraperWorker.Scheduling;

/// <summary>
/// Deletes expired records: idempotency keys, which can then be used again, the ends of the audit trail and of the cache's
/// history, completed mails, the pages of suspicious runs, but for each board's last one, and what remains of accounts and
/// organizations.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class HousekeepingJob(
    ConnectDbContext context, CacheTransaction<ConnectDbContext> transaction, IOptions<HousekeepingOptions> options,
    IOptions<OrganizationOptions> organizationOptions, TimeProvider time, ILogger<HousekeepingJob> logger) : IJob
{
    public static readonly JobKey Key = new("housekeeping");

    public async ValueTask Execute(IJobExecutionContext execution, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (keysBefore, auditBefore) = (now - IdempotencyKey.Retention, now - options.Value.AuditRetention);
        var historyBefore = now - options.Value.HistoryRetention;
        var keys = await context.IdempotencyKeys.Where(key => key.CreatedAt < keysBefore).ExecuteDeleteAsync(cancellationToken);
        var entries = await context.AuditEntries.Where(entry => entry.At < auditBefore).ExecuteDeleteAsync(cancellationToken);
        var evictions = await context.CacheEvictions.Where(eviction => eviction.At < historyBefore).ExecuteDeleteAsync(cancellationToken);
        var minutes = await context.CacheMinutes.Where(minute => minute.Minute < historyBefore).ExecuteDeleteAsync(cancellationToken);
        var mailsBefore = now - options.Value.MailRetention;
        var mails = await context.Mails.Where(mail => mail.CompletedAt < mailsBefore).ExecuteDeleteAsync(cancellationToken);
        var pages = await ForgetPagesAsync(now - options.Value.PageRetention, cancellationToken);
        if (keys + entries + evictions + minutes + mails + pages > 0)
        {
            Log.Forgot(logger, keys, entries, evictions, minutes, mails, pages);
        }

        await ForgetAccountsAsync(now, cancellationToken);
        await ForgetOrganizationsAsync(now, cancellationToken);
    }

    private async Task ForgetAccountsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (sessionsBefore, keysBefore) = (now - options.Value.SessionRetention, now - options.Value.KeyRetention);
        var sessions = await context.UserSessions
            .Where(session => session.EndedAt < sessionsBefore || session.ExpiresAt < sessionsBefore).ExecuteDeleteAsync(cancellationToken);
        var keys = await context.ApiKeys
            .Where(key => key.RevokedAt < keysBefore || key.ExpiresAt < keysBefore).ExecuteDeleteAsync(cancellationToken);
        var invitations = await context.Invitations.Where(invitation => invitation.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        if (sessions + keys + invitations > 0)
        {
            Log.ForgotOfAccounts(logger, sessions, keys, invitations);
        }
    }

    private async Task ForgetOrganizationsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A release before this one deactivates without erasing while both run.
        var unerased = await context.Organizations.Where(o => o.Status == OrganizationStatus.Deactivated && o.DeactivatedAt == null)
            .Select(o => o.Id).ToListAsync(cancellationToken);
        foreach (var id in unerased)
        {
            await transaction.ExecuteAsync((write, token) => OrganizationRemoval.CompleteAsync(write, id, token), cancellationToken);
        }

        var before = now - organizationOptions.Value.RestoreWithin;
        var organizations = await context.Organizations
            .Where(o => o.Status == OrganizationStatus.Deactivated && o.DeactivatedAt < before).ExecuteDeleteAsync(cancellationToken);
        if (unerased.Count + organizations > 0)
        {
            Log.ForgotOrganizations(logger, organizations, unerased.Count);
        }
    }

    private async Task<int> ForgetPagesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var kept = context.ScrapePages.Join(context.ScrapeRuns, page => page.RunId, run => run.Id, (page, run) => new { page.RunId, run.Agency });
        return await context.ScrapePages
            .Where(page => page.KeptAt < before && kept.Any(later => later.RunId.CompareTo(page.RunId) > 0
                && later.Agency == context.ScrapeRuns.Single(run => run.Id == page.RunId).Agency))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Forgot {Keys} idempotency keys, {Entries} entries of the audit trail, {Evictions} evictions, {Minutes} minutes of the cache, {Mails} mails and {Pages} pages of suspicious runs")]
        public static partial void Forgot(ILogger logger, int keys, int entries, int evictions, int minutes, int mails, int pages);

        [LoggerMessage(2, LogLevel.Information, "Forgot {Sessions} sessions, {Keys} keys and {Invitations} invitations")]
        public static partial void ForgotOfAccounts(ILogger logger, int sessions, int keys, int invitations);

        [LoggerMessage(3, LogLevel.Information, "Forgot {Organizations} deleted organizations, and erased {Unerased} that an earlier release deleted")]
        public static partial void ForgotOrganizations(ILogger logger, int organizations, int unerased);
    }
}
