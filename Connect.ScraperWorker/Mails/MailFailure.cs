using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using AuthenticationException = System.Security.Authentication.AuthenticationException;

namespace Connect.ScraperWorker.Mails;

/// <summary>Why a mail was not sent.</summary>
/// <param name="Kind">One of the kinds below.</param>
/// <param name="Status">The server's status code; null where it gave none.</param>
internal readonly record struct MailFailure(string Kind, int? Status = null)
{
    /// <summary>The server cannot be reached, broke the connection or was silent before it had the mail.</summary>
    public const string Connection = "connection";

    /// <summary>TLS could not be agreed on, or the certificate is not trusted.</summary>
    public const string Tls = "tls";

    /// <summary>The server does not accept the name or the password, or asks for one that is not configured.</summary>
    public const string Authentication = "authentication";

    /// <summary>The server does not accept the sender, which concerns every mail and not this one.</summary>
    public const string Sender = "sender";

    /// <summary>The server asks to come again.</summary>
    public const string Deferred = "deferred";

    /// <summary>The server has the text, or part of it, and did not say what became of it.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>The server refuses this recipient or text for good.</summary>
    public const string Rejected = "rejected";

    /// <summary>The address has letters that this server cannot take (no SMTPUTF8), or is none.</summary>
    public const string Address = "address";

    /// <summary>The mail's links expired before a server had it.</summary>
    public const string Expired = "expired";

    /// <summary>Every kind, for the series of the metric.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [Connection, Tls, Authentication, Sender, Deferred, Unanswered, Rejected, Address, Expired];

    /// <summary>Whether another try would fail alike.</summary>
    public bool IsPermanent => Kind is Rejected or Address;

    /// <summary>A failure by its exception, whose text names addresses and is never shown.</summary>
    /// <param name="exception">What MailKit or the network threw.</param>
    /// <param name="isTransferring">Whether the mail's text was on its way.</param>
    public static MailFailure Of(Exception exception, bool isTransferring) => exception switch
    {
        SmtpCommandException command => Of(command),
        ServiceNotAuthenticatedException or MailKit.Security.AuthenticationException or SaslException => new(Authentication),
        SslHandshakeException or AuthenticationException => new(Tls),

        // A server without STARTTLS, where it is asked for.
        NotSupportedException => new(Tls),
        _ => new(isTransferring ? Unanswered : Connection),
    };

    /// <summary>Kind and status code, as the mail's row shows it.</summary>
    public override string ToString() => Status is { } status ? $"{Kind} {status}" : Kind;

    private static MailFailure Of(SmtpCommandException exception)
    {
        var status = (int)exception.StatusCode;
        return exception.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => new(Sender, status),

            // 500 to 504 and 530 to 538: the command, not the mail, is refused.
            _ when status >= 550 => new(Rejected, status),
            SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted when status >= 500 => new(Rejected, status),
            _ => new(Deferred, status),
        };
    }
}
