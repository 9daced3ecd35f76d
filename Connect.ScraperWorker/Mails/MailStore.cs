using Connect.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace Connect.ScraperWorker.Mails;

/// <summary>
/// The outbox as workers see it: mails are claimed, and completed or put back. All times are the database's, so that the clocks of
/// two workers do not matter. A claim counts up the mail's attempts, which are its fencing token.
/// </summary>
internal sealed class MailStore(IServiceScopeFactory scopes)
{
    /// <summary>Whether a mail may be tried now.</summary>
    public Task<bool> IsAnyDueAsync(CancellationToken cancellationToken) => WithAsync(
        context => context.Database.SqlQuery<bool>(
            $"""
            select exists (select from mails where status = 'Pending' and next_attempt_at <= now() and expires_at > now()) as "Value"
            """).SingleAsync(cancellationToken));

    /// <summary>Claims the mail that has waited longest, for so long; null when none waits. No two workers claim the same.</summary>
    public Task<Mail?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken) => WithAsync(async context =>
        (await context.Mails.FromSql(
            $"""
            update mails set attempts = attempts + 1, next_attempt_at = now() + {lease}
            where id = (
                select id from mails where status = 'Pending' and next_attempt_at <= now() and expires_at > now()
                order by next_attempt_at, id limit 1 for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault());

    /// <summary>
    /// Marks a mail as sent, also one that another worker has claimed since: a server has it. Address and text are removed.
    /// </summary>
    public Task SentAsync(Mail mail, CancellationToken cancellationToken) => WithAsync(context => context.Database.ExecuteSqlAsync(
        $"""
        update mails set
            status = 'Sent', completed_at = now(), last_error = null, recipient = null, subject = null, text = null, html = null
        where id = {mail.Id} and status = 'Pending'
        """,
        cancellationToken));

    /// <summary>Puts a mail back after a failure, if it is still this worker's.</summary>
    public Task RetryAsync(Mail mail, MailFailure failure, TimeSpan delay, CancellationToken cancellationToken) =>
        WithAsync(context => context.Database.ExecuteSqlAsync(
            $"""
            update mails set next_attempt_at = least(now() + {delay}, expires_at), last_error = {failure.ToString()}
            where id = {mail.Id} and status = 'Pending' and attempts = {mail.Attempts}
            """,
            cancellationToken));

    /// <summary>Gives a mail up, if it is still this worker's. Address and text are removed.</summary>
    public Task GiveUpAsync(Mail mail, MailFailure failure, CancellationToken cancellationToken) =>
        WithAsync(context => context.Database.ExecuteSqlAsync(
            $"""
            update mails set
                status = 'GivenUp', completed_at = now(), last_error = {failure.ToString()},
                recipient = null, subject = null, text = null, html = null
            where id = {mail.Id} and status = 'Pending' and attempts = {mail.Attempts}
            """,
            cancellationToken));

    /// <summary>Gives up the mails whose links have expired and that no worker sends at the moment; they keep their last error.</summary>
    public Task<List<ExpiredMail>> GiveUpExpiredAsync(CancellationToken cancellationToken) =>
        WithAsync(context => context.Database.SqlQuery<ExpiredMail>(
            $"""
            update mails set
                status = 'GivenUp', completed_at = now(), last_error = coalesce(last_error, {MailFailure.Expired}),
                recipient = null, subject = null, text = null, html = null
            where status = 'Pending' and expires_at <= now() and next_attempt_at <= now()
            returning id, template, last_error
            """).ToListAsync(cancellationToken));

    /// <summary>How many mails wait, and since when the oldest does.</summary>
    public Task<MailBacklog> ReadBacklogAsync(CancellationToken cancellationToken) => WithAsync(
        context => context.Database.SqlQuery<MailBacklog>(
            $"""
            select count(*) as waiting, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest_seconds
            from mails where status = 'Pending'
            """).SingleAsync(cancellationToken));

    // A statement that was repeated after a lost answer does nothing, but for a claim: its first mail waits for the lease's end.
    private async Task<T> WithAsync<T>(Func<ConnectDbContext, Task<T>> query)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        return await query(context);
    }
}

/// <summary>A mail that was given up because its links expired.</summary>
internal sealed record ExpiredMail(Guid Id, string Template, string LastError);

/// <summary>The mails that wait.</summary>
internal sealed record MailBacklog(long Waiting, double OldestSeconds);
