using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Series;

/// <summary>Makes titles comparable before rules read them.</summary>
internal static partial class SeriesText
{
    /// <summary>
    /// The title in one width, case and composition, without blanks and quotation marks, with one kind of brackets, dashes and
    /// apostrophes, so that no rule depends on spacing. A blank between two digits becomes "_", because it parts two numbers.
    /// </summary>
    public static string Prepare(string? title)
    {
        // Before widths are folded: that makes a blank and an accent of ´.
        var text = ApostropheRegex().Replace(PlainText.Clean(title), "'");
        var folded = PlainText.Compose(Fold(text)).ToLowerInvariant();
        var result = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (!char.IsWhiteSpace(c))
            {
                Append(result, c);
            }
            else if (result.Length > 0 && i + 1 < folded.Length && char.IsAsciiDigit(result[^1]) && char.IsAsciiDigit(folded[i + 1]))
            {
                result.Append('_');
            }
        }

        return result.ToString();
    }

    /// <summary>Letters and digits of a text, in lower case.</summary>
    public static string LettersOf(string? text)
    {
        var result = new StringBuilder();
        foreach (var rune in Fold(PlainText.Clean(text)).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                result.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, char c)
    {
        var kept = c switch
        {
            '【' or '〔' or '{' or '[' => '(',
            '】' or '〕' or '}' or ']' => ')',
            '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => '-',
            '〜' or '∼' or '～' => '~',
            'ㆍ' or '‧' or '․' or '•' or '・' or '∙' or '⋅' => '·',
            _ => c,
        };
        if (kept is not ('「' or '」' or '『' or '』' or '《' or '》' or '〈' or '〉' or '<' or '>' or '"' or '“' or '”' or '〃'))
        {
            result.Append(kept);
        }
    }

    private static string Fold(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    [GeneratedRegex("[´`‘’ʼ′＇｀]", RegexOptions.CultureInvariant)]
    private static partial Regex ApostropheRegex();
}
