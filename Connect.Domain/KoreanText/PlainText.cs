using System.Text;

namespace Connect.Domain.KoreanText;

/// <summary>Cleans boards' text for storing and for parsing.</summary>
public static class PlainText
{
    private static readonly char[] Footnotes = ['*', '†', '‡', '★', '☆'];

    /// <summary>
    /// Drops characters that a JSON or text column refuses (half a surrogate pair, control characters), turns every
    /// kind of blank into one space, trims and composes (NFC). Line breaks are kept when asked for, at most two in a row.
    /// </summary>
    public static string Clean(string? text, bool keepLines = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var cleaned = new StringBuilder(text.Length);
        var breaks = 0;
        var blank = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                Separate();
                cleaned.Append(c).Append(text[++i]);
            }
            else if (keepLines && c == '\n')
            {
                breaks++;
            }
            else if (char.IsWhiteSpace(c))
            {
                blank = true;
            }
            else if (!char.IsSurrogate(c) && !char.IsControl(c) && !IsInvisible(c))
            {
                Separate();
                cleaned.Append(c);
            }
        }

        return Compose(cleaned.ToString());

        void Separate()
        {
            if (cleaned.Length > 0 && breaks > 0)
            {
                cleaned.Append('\n', Math.Min(breaks, 2));
            }
            else if (cleaned.Length > 0 && blank)
            {
                cleaned.Append(' ');
            }

            (breaks, blank) = (0, false);
        }
    }

    /// <summary>
    /// The composed form (NFC), in which texts are stored and searched: Hangul may arrive as single letters (NFD), as macOS names files.
    /// Halves of surrogate pairs, which have no form, become replacement characters.
    /// </summary>
    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        try
        {
            return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return Whole(text).Normalize(NormalizationForm.FormC);
        }
    }

    /// <summary>
    /// One form for parsers: clean, full-width digits and signs as ASCII, every tilde as '~', every dash as '-', every arrow
    /// as '→', every apostrophe as '\''. Circled and raised numbers mark lists and notes, so they become blanks and not digits.
    /// </summary>
    public static string ForParsing(string? text)
    {
        var cleaned = Clean(text, keepLines: true);
        if (cleaned.Length == 0)
        {
            return cleaned;
        }

        if (Ascii.IsValid(cleaned))
        {
            return cleaned.Replace('`', '\'');
        }

        // Signs first: the composition takes some of them apart ("´" becomes a blank with an accent).
        var composed = Replace(cleaned).Normalize(NormalizationForm.FormKC);
        return Replace(composed);
    }

    /// <summary>The same without stars, which mark footnotes before or behind a number and its unit.</summary>
    public static string ForReading(string? text)
    {
        var prepared = ForParsing(text);
        return prepared.IndexOfAny(Footnotes) < 0 ? prepared : string.Concat(prepared.Split(Footnotes));
    }

    // Normalize also refuses U+FFFE, on some systems U+FFFF.
    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append((rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune).ToString());
        }

        return whole.ToString();
    }

    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u200B' or '\u200C' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static string Replace(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i] < '\u0060' ? source[i] : Replace(source[i]);
        }
    });

    private static char Replace(char c) => c switch
    {
        '∼' or '〜' or '〰' or '˜' or '～' or '⁓' or '∽' or '∾' or '∿' or '﹋' or '﹌' => '~',

        // The lines of tables and the vowel ㅡ serve as dashes too.
        '−' or '─' or '━' or '⁃' or '﹘' or '﹣' or '⎯' or '⏤' or (>= '\u2010' and <= '\u2015') or '⸺' or '⸻' => '-',
        '⇒' or '➔' or '➜' or '➡' or '⟶' or '⇨' or '➞' => '→',
        '’' or '‘' or '`' or '´' or 'ʼ' or '＇' or '′' or '‛' => '\'',
        '∶' => ':',

        // A raised or circled digit does not continue the number before it, and "1½" is not 11.
        '²' or '³' or '¹' or (>= '\u2070' and <= '\u2089') or (>= '\u2460' and <= '\u24FF') or (>= '\u2776' and <= '\u2793') => ' ',
        '¼' or '½' or '¾' or '\u2189' or (>= '\u2150' and <= '\u215E') => '\u2044',

        // Fillers that Korean editors leave where nothing stands.
        '\u3164' or '\u115F' or '\u1160' or '\uFFA0' => ' ',
        _ => c,
    };
}
