using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Connect.Data.Mails;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Not at all: for a server on the same machine.</summary>
    None,

    /// <summary>TLS after the greeting, on the port for submission (587). A server without it is refused.</summary>
    StartTls,

    /// <summary>TLS from the first byte (465).</summary>
    Tls,
}

/// <summary>
/// The mail server, and what mails say of Connect. API and worker have the same settings: the API writes mails, the worker sends
/// them. Without <see cref="Host"/> no mail is written.
/// </summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Mail";

    /// <summary>The server's host name. Default: none, no mail is written.</summary>
    [StringLength(253)]
    public string? Host { get; set; }

    /// <summary>Its port. 1 to 65,535; default 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Protection of the connection. Default <see cref="MailSecurity.StartTls"/>.</summary>
    [EnumDataType(typeof(MailSecurity))]
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Name to sign in with. Default: none, the worker does not sign in.</summary>
    public string? User { get; set; }

    /// <summary>Its password. A secret: set it by environment or secret store.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address. Needed with <see cref="Host"/>.</summary>
    public string? From { get; set; }

    /// <summary>The sender's name. 1 to 64 characters; default Connect.</summary>
    [Required, StringLength(64, MinimumLength = 1), RegularExpression(@"[^\p{C}]+", ErrorMessage = "FromName has no control characters.")]
    public string FromName { get; set; } = "Connect";

    /// <summary>Time that the server has for an answer, in seconds. 1 to 300; default 30.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>
    /// The address under which people reach the API, such as <c>https://connect.example.kr</c>: links in mails begin with it. Needed
    /// with <see cref="Host"/>.
    /// </summary>
    public Uri? PublicAddress { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicAddress is { } address
            && !(address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0))
        {
            yield return new ValidationResult($"{nameof(PublicAddress)} is an absolute http or https address without query and fragment.");
        }

        if (!string.IsNullOrEmpty(From) && !MailAddresses.IsValid(From))
        {
            yield return new ValidationResult($"{nameof(From)} is a mail address.");
        }

        if (!string.IsNullOrWhiteSpace(Host) && (string.IsNullOrEmpty(From) || PublicAddress is null))
        {
            yield return new ValidationResult($"{nameof(Host)} needs {nameof(From)} and {nameof(PublicAddress)}.");
        }

        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
        {
            yield return new ValidationResult($"{nameof(User)} and {nameof(Password)} are given together or not at all.");
        }

        if (!string.IsNullOrEmpty(User) && Security == MailSecurity.None)
        {
            yield return new ValidationResult($"{nameof(Password)} is not sent without TLS: set {nameof(Security)}.");
        }
    }
}

[OptionsValidator]
internal sealed partial class MailOptionsValidator : IValidateOptions<MailOptions>;
