using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Connect.ScraperWorker.Boards;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>
/// Makes links that can be stored: absolute, without session ids, and without the place in the list. With the place, one new row on top
/// would give every row below it another address.
/// </summary>
internal static partial class Links
{
    private const int ShortestSession = 16;

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

        var stripped = SessionPathRegex().Replace(trimmed, string.Empty);
        var fragment = stripped.IndexOf('#', StringComparison.Ordinal);
        return Uri.TryCreate(page, Settle(fragment < 0 ? stripped : stripped[..fragment]), out address);
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

    /// <summary>An address without the parameters that are not the announcement's.</summary>
    private static string Settle(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return address;
        }

        List<string> parameters = [.. address[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Where(static parameter => !SessionRegex().IsMatch(parameter))];

        // The last parameter with a value is kept whatever its name: it is all that can tell this page from another.
        foreach (var parameter in parameters.Where(IsPlace).ToList())
        {
            if (parameters.Exists(other => other != parameter && HasValue(other) && !IsPlace(other)))
            {
                parameters.Remove(parameter);
            }
        }

        return parameters.Count == 0 ? address[..query] : $"{address[..query]}?{string.Join('&', parameters)}";
    }

    private static bool IsPlace(string parameter) => PlaceRegex().IsMatch(parameter) || IsLongSid(parameter);

    // A short one is an id that happens to have this name.
    private static bool IsLongSid(string parameter) =>
        parameter.StartsWith("sid=", StringComparison.OrdinalIgnoreCase) && parameter.Length >= "sid=".Length + ShortestSession;

    private static bool HasValue(string parameter) => parameter.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at && at < parameter.Length - 1;

    [GeneratedRegex(@"\A(?:javascript|mailto|tel|data|about|file):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotAPageRegex();

    [GeneratedRegex(@";jsessionid=[^?#;/]{0,200}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SessionPathRegex();

    [GeneratedRegex(@"\A(?:jsessionid|phpsessid|sessionid|_csrf|csrf|token|timestamp)=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SessionRegex();

    // The row's number, the list's page and its size, each a number or nothing; and what was searched.
    [GeneratedRegex(
        @"\A(?:(?:r_?num|row_?(?:num|no)|offset|start_?page|(?:article\.|list_?)?(?:c|cur|curr|current|now|go|start)?_?page_?(?:index|idx|no|num|number|unit|size)?"
        + @"|record_?count_?per_?page|article_?limit|article\.offset)=[0-9]*|search[a-z0-9_]*(?:=.*)?)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PlaceRegex();
}
