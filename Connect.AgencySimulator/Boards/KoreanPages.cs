using System.Globalization;
using System.Text;

namespace Connect.AgencySimulator.Boards;

/// <summary>Pages in the encoding that Korean sites used before UTF-8.</summary>
internal static class KoreanPages
{
    private static readonly Encoding Strict;

    static KoreanPages()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        EucKr = Encoding.GetEncoding(51949);
        Strict = Encoding.GetEncoding(EucKr.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
    }

    /// <summary>EUC-KR with the characters that it lacks as HTML references, as browsers send and sites print them.</summary>
    public static Encoding EucKr { get; }

    /// <summary>A page's bytes in an encoding: UTF-8 or <see cref="EucKr"/>.</summary>
    public static byte[] Encode(string html, Encoding encoding)
    {
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            return encoding.GetBytes(html);
        }

        try
        {
            return Strict.GetBytes(html);
        }
        catch (EncoderFallbackException)
        {
            return EncodeWithReferences(html);
        }
    }

    private static byte[] EncodeWithReferences(string html)
    {
        using var bytes = new MemoryStream(html.Length * 2);
        foreach (var rune in html.EnumerateRunes())
        {
            byte[] encoded;
            try
            {
                encoded = Strict.GetBytes(rune.ToString());
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
