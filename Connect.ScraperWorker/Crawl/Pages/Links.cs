using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Makes links that can be stored: absolute, and without session ids.</summary>
internal static partial class Links
{
    /// <summary>Resolves a link of a page; false where it is none (script, anchor, mail).</summary>
    public static bool TryResolve(Uri page, string? href, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        // As in browsers, line breaks and tabs within an address do not count.
        var trimmed = href?.ReplaceLineEndings(string.Empty).Replace("\t", string.Empty, StringComparison.Ordinal).Trim();
        if (string.IsNullOrEmpty(trimmed) || trimmed[0] == '#' || NotAPageRegex().IsMatch(trimmed))
        {
            return false;
        }

        var stripped = SessionQueryRegex().Replace(SessionPathRegex().Replace(trimmed, string.Empty), string.Empty);
        var fragment = stripped.IndexOf('#', StringComparison.Ordinal);
        stripped = (fragment < 0 ? stripped : stripped[..fragment]).TrimEnd('?', '&');
        return Uri.TryCreate(page, stripped, out address);
    }

    /// <summary>The address to store: under the public address where one is configured, and never with a scheme of service discovery.</summary>
    public static string ToPublic(Uri address, BoardOptions options)
    {
        if (options.PublicAddress is { } published && address.Host == options.BaseAddress?.Host)
        {
            return new Uri(published, address.PathAndQuery).AbsoluteUri;
        }

        return address.Scheme.Contains('+', StringComparison.Ordinal)
            ? $"http://{address.Authority}{address.PathAndQuery}"
            : address.AbsoluteUri;
    }

    [GeneratedRegex(@"\A(?:javascript|mailto|tel|data|about|file):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotAPageRegex();

    [GeneratedRegex(@";jsessionid=[^?#;/]{0,200}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SessionPathRegex();

    [GeneratedRegex(
        @"(?<=[?&])(?:jsessionid|phpsessid|sessionid|sid|_csrf|csrf|token|timestamp)=[^&#]{0,400}&?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SessionQueryRegex();
}
