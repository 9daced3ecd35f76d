using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The identity of this crawler in requests.</summary>
internal static class Crawler
{
    /// <summary>The name that robots.txt may use (RFC 9309, section 2.2.1).</summary>
    public const string ProductToken = "ConnectBot";

    private static readonly string Version = typeof(Crawler).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>The value of User-Agent (RFC 9110, section 10.1.5).</summary>
    public static string UserAgent(string? contact) =>
        string.IsNullOrEmpty(contact) ? $"{ProductToken}/{Version}" : $"{ProductToken}/{Version} (+{contact})";
}

/// <summary>Settings of all boards, under <c>Sources</c>.</summary>
internal sealed class CrawlerOptions
{
    /// <summary>
    /// Web or mail address of this crawler's operator, sent to the boards' operators with each request. Default: none.
    /// </summary>
    [Contact]
    public string? Contact { get; set; }

    /// <summary>
    /// The HTTP proxy of all boards, for networks without another way out: scheme, host and port. Default: none. It resolves the boards'
    /// names, so the check for public addresses is its own.
    /// </summary>
    [Proxy]
    public Uri? Proxy { get; set; }

    /// <summary>The user at the proxy; default none.</summary>
    public string? ProxyUser { get; set; }

    /// <summary>The user's password, a secret that is never logged.</summary>
    public string? ProxyPassword { get; set; }
}

/// <summary>A web or mail address that can stand in a comment of User-Agent as it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ContactAttribute : ValidationAttribute
{
    private const int MaxLength = 200;

    public override bool IsValid(object? value) =>
        value is null or ""
        || (value is string { Length: <= MaxLength } text && text.All(IsPlain) && (IsWeb(text) || IsMail(text)));

    public override string FormatErrorMessage(string name) =>
        $"{name} must be an http(s) or mail address of at most {MaxLength} printable ASCII characters without parentheses.";

    // No spaces, and nothing that ends or escapes in a comment (RFC 9110, section 5.6.5).
    private static bool IsPlain(char character) => character is > ' ' and < '\x7f' and not ('(' or ')' or '\\');

    private static bool IsWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.UserInfo.Length == 0;

    private static bool IsMail(string text) => MailAddress.TryCreate(text, out var mail) && mail.Address == text;
}

[OptionsValidator]
internal sealed partial class CrawlerOptionsValidator : IValidateOptions<CrawlerOptions>;
