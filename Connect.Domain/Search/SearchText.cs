using System.Buffers;
using System.Text;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Search;

/// <summary>
/// The comparable form of texts that are searched: compatibility forms (NFKC), ASCII in lower case, one blank for each run of blanks and
/// signs. The database's function <c>search_form</c> folds stored texts by the same rules; a test compares the two.
/// </summary>
public static class SearchText
{
    // As in search_form. Beyond ASCII: signs of Latin-1, general and CJK punctuation, arrows, mathematics, boxes, private use, and the
    // forms for vertical and small print. All else is a letter.
    private static readonly (char First, char Last)[] Separators =
    [
        ('\u0001', '\u002F'), ('\u003A', '\u0060'), ('\u007B', '\u00A9'), ('\u00AB', '\u00B4'), ('\u00B6', '\u00B9'), ('\u00BB', '\u00BF'),
        ('\u00D7', '\u00D7'), ('\u00F7', '\u00F7'), ('\u2000', '\u2BFF'), ('\u3000', '\u3004'), ('\u3008', '\u3020'), ('\u3030', '\u3030'),
        ('\u303D', '\u303F'), ('\uE000', '\uF8FF'), ('\uFE10', '\uFE6F'),
    ];

    private static readonly SearchValues<char> Blank = SearchValues.Create(
        [.. Separators.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(code => (char)code)]);

    /// <summary>The comparable form, without blanks at its ends; empty where the text has no letter and no digit.</summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        var isApart = false;
        foreach (var written in Compatible(text))
        {
            var c = ToLower(written);
            if (IsSeparator(c))
            {
                isApart = true;
                continue;
            }

            if (isApart && folded.Length > 0)
            {
                folded.Append(' ');
            }

            folded.Append(c);
            isApart = false;
        }

        return folded.ToString();
    }

    /// <summary>Whether a character of a text in compatibility form and lower case separates words and is left out.</summary>
    internal static bool IsSeparator(char c) => Blank.Contains(c);

    /// <summary>Whether a character is a Latin letter or a digit: words of these are told apart from the others that they stand beside.</summary>
    internal static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>The character in lower case, of ASCII only: the database has the same rule whatever its locale.</summary>
    internal static char ToLower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    /// <summary>The compatibility form (NFKC).</summary>
    internal static string Compatible(string text) =>
        Ascii.IsValid(text) ? text : PlainText.Compose(text).Normalize(NormalizationForm.FormKC);
}
