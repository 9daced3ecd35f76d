using Connect.Data.Mails;
using Connect.Data.Model;
using MimeKit;

namespace Connect.ScraperWorker.Mails;

/// <summary>Makes the message of a row. Every try makes the same one, so that receivers can drop a second copy.</summary>
internal static class MailComposer
{
    /// <summary>The message, or null where the recipient is no address.</summary>
    public static MimeMessage? Compose(Mail mail, MailOptions options)
    {
        if (!MailboxAddress.TryParse(mail.Recipient ?? "", out var recipient))
        {
            return null;
        }

        var sender = MailAddresses.WithAsciiDomain(options.From!);
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{sender[(sender.LastIndexOf('@') + 1)..]}",
            Date = mail.CreatedAt,
            Subject = mail.Subject ?? "",
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(options.FromName, sender));
        message.To.Add(recipient);

        // RFC 3834: answering machines stay silent.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
