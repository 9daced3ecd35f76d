using System.Text;

namespace Connect.Core.Classification;

/// <summary>Text as boards publish it, made safe to store or even to parse.</summary>
public static class PlainText
{
    /// <summary>
    /// Drops what a JSON or text column refuses (half a surrogate pair, control characters), turns every kind of
    /// blank into one space and trims. Line breaks are kept when asked for, at most two in a row.
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
            else if (!char.IsSurrogate(c) && !char.IsControl(c) && c is not ('\u200B' or '\u200C' or '\uFEFF' or '\uFFFE' or '\uFFFF'))
            {
                Separate();
                cleaned.Append(c);
            }
        }

        return cleaned.ToString();

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
    /// One form for parsers: clean, full-width digits and signs as ASCII, every tilde as '~', every dash as '-',
    /// every apostrophe as '\''. Circled numbers are list marks, so they become blanks and not digits.
    /// </summary>
    public static string ForParsing(string? text)
    {
        var cleaned = Clean(text, keepLines: true);
        if (cleaned.Length == 0)
        {
            return cleaned;
        }

        var normalized = new StringBuilder(cleaned.Length);
        foreach (var c in cleaned)
        {
            normalized.Append(c is >= '\u2460' and <= '\u24FF' or >= '\u2776' and <= '\u2793' ? ' ' : c);
        }

        var composed = normalized.ToString().Normalize(NormalizationForm.FormKC);
        normalized.Clear();
        foreach (var c in composed)
        {
            normalized.Append(c switch
            {
                '∼' or '〜' or '˜' or '～' => '~',
                '–' or '—' or '―' or '−' or '‐' or '‑' => '-',
                '’' or '‘' or '`' or '´' or 'ʼ' or '＇' => '\'',
                _ => c,
            });
        }

        return normalized.ToString();
    }
}
