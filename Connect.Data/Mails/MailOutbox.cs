using Connect.Data.Mails.Templates;

namespace Connect.Data.Mails;

/// <summary>Writes mails, which the worker sends.</summary>
public sealed class MailOutbox(MailAvailability availability, TimeProvider time)
{
    /// <summary>
    /// Writes a mail in the context's transaction: it commits with the change that it tells of, or not at all. Rows that it names
    /// (user, organization) are saved before.
    /// </summary>
    /// <returns>Whether it was written: not if its key was used before, nor without a configured mail server.</returns>
    /// <exception cref="ArgumentException">The recipient is no mail address, or the key is too long.</exception>
    public async Task<bool> AddAsync(ConnectDbContext context, MailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(message);
        if (!availability.IsConfigured)
        {
            return false;
        }

        if (!MailAddresses.IsValid(message.Recipient) || message.Key.Length > Mail.MaxKeyLength)
        {
            // Without the values: an exception's text may be logged.
            throw new ArgumentException($"A mail of template {message.Content.Template} has no valid recipient or key.", nameof(message));
        }

        var (id, now, status) = (Guid.CreateVersion7(), time.GetUtcNow(), nameof(MailStatus.Pending));
        var recipient = MailAddresses.Compose(message.Recipient);
        var text = MailRenderer.Render(message.Content, message.Language, message.ExpiresAt);

        // Another transaction with the same key is waited for; if it is rolled back, this mail is written.
        return await context.Database.ExecuteSqlAsync(
            $"""
            insert into mails (
                id, key, template, user_id, organization_id, recipient, subject, text, html, status, attempts, created_at,
                next_attempt_at, expires_at)
            values (
                {id}, {message.Key}, {message.Content.Template}, {message.UserId}, {message.OrganizationId}, {recipient},
                {text.Subject}, {text.Text}, {text.Html}, {status}, 0, {now}, {now}, {message.ExpiresAt.ToUniversalTime()})
            on conflict do nothing
            """,
            cancellationToken).ConfigureAwait(false) == 1;
    }
}
