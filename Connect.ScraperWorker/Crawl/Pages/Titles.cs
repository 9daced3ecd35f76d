using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Titles as they should have been published.</summary>
internal static partial class Titles
{
    /// <summary>
    /// Blanks cleaned, highlight tags that were published as text removed, and what NTIS repeats of a title behind
    /// "_(2025)" dropped where it is the same.
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
