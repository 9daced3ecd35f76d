using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Explanations;

/// <summary>Decides whether a model's answer may be shown.</summary>
internal static partial class AnswerCheck
{
    public const int MinLength = 40;
    public const int MaxLength = 2000;

    // Least share of letters in the answer's language; the rest are names and abbreviations.
    private const double KoreanShare = 0.5;
    private const double EnglishShare = 0.7;

    /// <summary>
    /// Normalizes an answer before it is checked and shown: one Unicode form, trimmed paragraphs, no marks of emphasis.
    /// </summary>
    public static string Tidy(string? answer)
    {
        var lines = (answer ?? "").Normalize(NormalizationForm.FormKC).Replace("\r", "", StringComparison.Ordinal).Split('\n')
            .Select(line => Blanks().Replace(Emphasis().Replace(line, ""), " ").Trim());
        return Gaps().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    /// <summary>The first rule that a tidied answer breaks, as an instruction to the model; null if it breaks none.</summary>
    public static string? FindProblem(string text, MatchFacts facts, ExplanationLanguage language)
    {
        if (text.Length is < MinLength or > MaxLength)
        {
            return "It was empty, too short or too long.";
        }

        if (text.Any(letter => letter != '\n' && char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse))
        {
            return "It contained characters that are not text.";
        }

        if (Markup().IsMatch(text))
        {
            return "It contained a link, an address or markup.";
        }

        var own = WithoutQuotations(text, facts);
        if (ForeignDigits(own))
        {
            return "It contained numbers that are not written in the digits 0 to 9.";
        }

        if (new AnswerNumbers(facts).FindForeign(own) is not null)
        {
            return "It contained a number that is not among the facts.";
        }

        return IsIn(language, own) ? null : "It was not in the language that was asked for.";
    }

    /// <summary>Removes the program's title, its publisher and shared words, where they occur whole.</summary>
    private static string WithoutQuotations(string text, MatchFacts facts)
    {
        var quotations = facts.Reasons.SelectMany(reason => reason.Details)
            .Append(facts.Program.Title).Append(facts.Program.Category).Append(facts.Program.Ministry)
            .Select(quotation => (quotation ?? "").Normalize(NormalizationForm.FormKC).Trim())
            .Where(quotation => quotation.Any(char.IsLetter))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(quotation => quotation.Length);
        foreach (var quotation in quotations)
        {
            text = Regex.Replace(text, $"(?<![0-9][.,]?){Regex.Escape(quotation)}(?![0-9])", " ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }

        return text;
    }

    private static bool ForeignDigits(string text) =>
        text.Any(letter => char.GetUnicodeCategory(letter) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber
            && !char.IsAsciiDigit(letter));

    private static bool IsIn(ExplanationLanguage language, string text)
    {
        var letters = text.Count(char.IsLetter);
        var own = language == ExplanationLanguage.En ? text.Count(char.IsAsciiLetter) : text.Count(letter => letter is >= '가' and <= '힣');
        return letters > 0 && own >= letters * (language == ExplanationLanguage.En ? EnglishShare : KoreanShare);
    }

    [GeneratedRegex(@"https?:|www\.|\]\(|\]\[|<[a-z/!]|&#?\w+;|@|\b[a-z0-9-]+\.(?:com|net|org|kr|io|ai|go)\b|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"^\s*(?:#{1,6}|[-*•])\s+|\*\*|__|`")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"[^\S\n]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\n{2,}")]
    private static partial Regex Gaps();
}
