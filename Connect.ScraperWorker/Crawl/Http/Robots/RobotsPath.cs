using System.Globalization;
using System.Text;

namespace Connect.ScraperWorker.Crawl.Http.Robots;

/// <summary>The form in which paths and rules are compared (RFC 9309, section 2.2.2).</summary>
internal static class RobotsPath
{
    private const string Reserved = ":/?#[]@!$&'()*+,;=";

    /// <summary>
    /// Percent-encodes what is no part of an address, decodes what need not be encoded, and writes digits in upper case.
    /// </summary>
    /// <param name="text">A path with its query, or a rule's pattern.</param>
    /// <param name="isPattern">Whether * and a final $ have a meaning; in a path they are characters, and encoded.</param>
    public static string Normalize(string text, bool isPattern)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '%' && i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                Append(result, octet, isLiteral: IsUnreserved((char)octet));
                i += 2;
            }
            else if (char.IsAscii(character))
            {
                Append(result, (byte)character, IsUnreserved(character) || IsMeant(text, i, isPattern));
            }
            else
            {
                // Half a surrogate pair becomes the replacement character.
                var rune = Rune.TryGetRuneAt(text, i, out var whole) ? whole : Rune.ReplacementChar;
                foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    Append(result, part, isLiteral: false);
                }

                i += rune.Utf16SequenceLength - 1;
            }
        }

        return result.ToString();
    }

    private static bool IsMeant(string text, int index, bool isPattern) => text[index] switch
    {
        '*' => isPattern,
        '$' => isPattern && index == text.Length - 1,
        var other => Reserved.Contains(other, StringComparison.Ordinal),
    };

    private static bool IsUnreserved(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

    private static void Append(StringBuilder result, byte octet, bool isLiteral)
    {
        if (isLiteral)
        {
            result.Append((char)octet);
        }
        else
        {
            result.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }
    }
}
