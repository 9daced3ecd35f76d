using System.Globalization;
using System.Text;

namespace Connect.AgencySimulator.Boards;

/// <summary>Pages in the encoding that Korean sites used before UTF-8.</summary>
internal static class KoreanPages
{
    static KoreanPages()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        EucKr = Encoding.GetEncoding(51949);
    }

    /// <summary>EUC-KR with the characters that it lacks as HTML references, as browsers send and sites print them.</summary>
    public static Encoding EucKr { get; }

    /// <summary>A page's bytes in an encoding.</summary>
    public static byte[] Encode(string html, Encoding encoding)
    {
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            return encoding.GetBytes(html);
        }

        var strict = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
        using var bytes = new MemoryStream(html.Length * 2);
        foreach (var rune in html.EnumerateRunes())
        {
            var text = rune.ToString();
            byte[] encoded;
            try
            {
                encoded = strict.GetBytes(text);
            }
            catch (EncoderFallbackException)
            {
                encoded = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};"));
            }

            bytes.Write(encoded);
        }

        return bytes.ToArray();
    }
}
