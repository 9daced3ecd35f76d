using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Pages;

/// <summary>Cleans titles, and tells which are the same.</summary>
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

    /// <summary>
    /// The title without the parts that change when a program is published again: width and case, white space and punctuation, and
    /// marks such as (수정), [연장] or (재공고). An advance notice has the title of its call. Years, rounds and notice numbers stay:
    /// they distinguish programs.
    /// </summary>
    public static string Normalize(string title) => LettersOf(
        RepublicationMark().Replace(AdvanceNotices.CallTitleOf(title) ?? title.Normalize(NormalizationForm.FormKC), " "));

    /// <summary>The letters and digits of a text, without differences of width and case.</summary>
    public static string LettersOf(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                builder.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return builder.ToString();
    }

    [GeneratedRegex("</?(?:b|em|strong|mark|font|span|i|u)(?:\\s[^<>]{0,200})?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HighlightRegex();

    [GeneratedRegex(@"\s?_\s?\((?:19|20)[0-9]{2}\)\s?", RegexOptions.CultureInvariant)]
    private static partial Regex RepeatRegex();

    [GeneratedRegex(@"[\(\[【]\s*(?:수정|연장|변경|정정|재)\s*(?:공고)?\s*[\)\]】]", RegexOptions.NonBacktracking)]
    private static partial Regex RepublicationMark();
}
