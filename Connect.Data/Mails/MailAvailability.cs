using Microsoft.Extensions.Options;

namespace Connect.Data.Mails;

/// <summary>Whether mails are written, and the address that their links begin with.</summary>
public sealed class MailAvailability(IOptions<MailOptions> options)
{
    /// <summary>Whether a mail server is configured. Without one, no mail is written.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(options.Value.Host);

    /// <summary>An address of a mail's link: the public address, with this path and query. Never the request's host.</summary>
    /// <param name="pathAndQuery">Path and query, with or without a leading slash.</param>
    /// <exception cref="InvalidOperationException">No mail server is configured.</exception>
    public Uri LinkTo(string pathAndQuery)
    {
        ArgumentNullException.ThrowIfNull(pathAndQuery);
        var address = options.Value.PublicAddress ?? throw new InvalidOperationException("Mail:PublicAddress is not configured.");
        return new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{pathAndQuery.TrimStart('/')}");
    }
}
