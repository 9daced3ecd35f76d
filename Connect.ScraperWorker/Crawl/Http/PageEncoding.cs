using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Connect.Domain.KoreanText;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Decodes pages. The byte-order mark names the charset, else the header, else the page's XML declaration or meta element, else it is
/// UTF-8, else code page 949. The first of these that decodes every byte counts, so that a wrong name does no harm.
/// </summary>
internal static partial class PageEncoding
{
    private const int Head = 2048;

    // Charsets that fit any bytes count only where more than one in twenty of the others is invalid.
    private const int Tolerance = 20;

    /// <summary>Decodes a page into composed text (NFC). Bytes that fit no encoding become replacement characters; it never throws.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? headerCharset)
    {
        var (marked, length) = MarkOf(bytes);
        bytes = bytes[length..];
        var named = Named(bytes, marked, headerCharset).ToList();
        var best = (Text: "", Invalid: int.MaxValue);
        foreach (var codePage in named.Where(static one => !Charsets.FitsAnything(one)).Append(Charsets.Utf8).Append(Charsets.Korean).Distinct())
        {
            var (text, invalid) = Decode(bytes, codePage);
            if (invalid < best.Invalid)
            {
                best = (text, invalid);
            }

            if (invalid == 0)
            {
                break;
            }
        }

        if (best.Invalid > 0 && named.Find(Charsets.FitsAnything) is > 0 and var other && best.Invalid > NotAscii(bytes) / Tolerance)
        {
            best = Decode(bytes, other);
        }

        return PlainText.Compose(best.Text);
    }

    private static (int? CodePage, int Length) MarkOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Charsets.Utf8, 3),
        [0xFF, 0xFE, ..] => (Charsets.Utf16, 2),
        [0xFE, 0xFF, ..] => (Charsets.Utf16BigEndian, 2),
        _ => (null, 0),
    };

    private static List<int> Named(ReadOnlySpan<byte> bytes, int? marked, string? header)
    {
        List<int> named = [];
        if (marked is { } mark)
        {
            named.Add(mark);
        }

        if (Charsets.TryFind(header, out var codePage))
        {
            // The first character is ASCII. As UTF-16 it has a null byte; without one the name is wrong, though the bytes would decode.
            named.AddRange(!IsUtf16(codePage) ? [codePage] : bytes switch
            {
                [0, not 0, ..] => [Charsets.Utf16BigEndian],
                [not 0, 0, ..] => [Charsets.Utf16],
                _ => Array.Empty<int>(),
            });
        }

        // Strings of JSON may hold markup of another page. A declaration that can be read as ASCII is not in UTF-16.
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Head)]);
        if (!head.AsSpan().TrimStart().StartsWith(['{']) && !head.AsSpan().TrimStart().StartsWith(['['])
            && Charsets.TryFind(DeclarationRegex().Match(head).Groups["charset"].Value, out codePage) && !IsUtf16(codePage))
        {
            named.Add(codePage);
        }

        return named;
    }

    private static bool IsUtf16(int codePage) => codePage is Charsets.Utf16 or Charsets.Utf16BigEndian;

    private static (string Text, int Invalid) Decode(ReadOnlySpan<byte> bytes, int codePage)
    {
        var invalid = new InvalidBytes();
        var encoding = Charsets.Open(codePage, invalid);
        var chars = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(bytes.Length));
        try
        {
            // Without the flush, a character that the end of the page cuts off is left out and not counted.
            var text = chars.AsSpan(0, encoding.GetDecoder().GetChars(bytes, chars, flush: false));

            // Code pages decode unused bytes as controls, which no page has.
            var controls = codePage == Charsets.Utf8 || IsUtf16(codePage) ? 0 : CountControls(text);
            return (text.TrimStart('\uFEFF').ToString(), invalid.Count + controls);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static int CountControls(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += c is >= '\u0080' and <= '\u009F' ? 1 : 0;
        }

        return count;
    }

    private static int NotAscii(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var value in bytes)
        {
            count += value >> 7;
        }

        return count;
    }

    [GeneratedRegex(
        "(?:\\A\\s{0,9}<\\?xml[^>]{0,100}?\\sencoding|<meta[^>]{0,100}?charset)\\s{0,3}=\\s{0,3}[\"']?(?<charset>[A-Za-z0-9_-]{3,20})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeclarationRegex();
}
