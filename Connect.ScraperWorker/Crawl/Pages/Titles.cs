using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Cleans titles.</summary>
internal static partial class Titles
{
    /// <summary>
    /// Cleans blanks, removes highlight tags that were published as text, and drops the second copy of a title that NTIS appends
    /// after "_(2025)".
    /// </summary>
    public static string Clean(string? title)
    {
        var cleaned = PlainText.Clean(HighlightRegex().Replace(title ?? string.Empty, string.Empty));
        var repeat = RepeatRegex().Match(cleaned);
        return repeat.Success
            && string.Equals(cleaned[..repeat.Index].Trim(), cleaned[(repeat.Index + repeat.Length)..].Trim(), StringComparison.Ordinal)
            ? cleaned[..repeat.Index].Trim()
            : cleaned;
    }

    [GeneratedRegex("</?(?:b|em|strong|mark|font|span|i|u)(?:\\s[^<>]{0,200})?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HighlightRegex();

    [GeneratedRegex(@"\s?_\s?\((?:19|20)[0-9]{2}\)\s?", RegexOptions.CultureInvariant)]
    private static partial Regex RepeatRegex();
}
