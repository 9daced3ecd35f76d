using System.Text;
using System.Text.RegularExpressions;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>
/// Decodes pages: by the charset of the header, else of the page's meta element, else as UTF-8 where the bytes are valid UTF-8,
/// else by code page 949, which contains EUC-KR.
/// </summary>
internal static partial class PageEncoding
{
    private const int Korean = 949;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static PageEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Decodes a page. Bytes that fit no encoding become replacement characters; it never throws.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? headerCharset)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        var named = Named(headerCharset) ?? Named(MetaRegex().Match(head).Groups["charset"].Value);
        if (named is not null)
        {
            return named.GetString(bytes).TrimStart('\uFEFF');
        }

        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(Korean).GetString(bytes);
        }
    }

    private static Encoding? Named(string? charset) => charset?.Trim(' ', '"', '\'').ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => Encoding.UTF8,
        "EUC-KR" or "EUCKR" or "KS_C_5601-1987" or "KSC5601" or "KS_C_5601" or "CP949" or "MS949" or "WINDOWS-949" =>
            Encoding.GetEncoding(Korean),
        _ => null,
    };

    [GeneratedRegex("<meta[^>]{0,100}?charset\\s{0,3}=\\s{0,3}[\"']?(?<charset>[A-Za-z0-9_-]{3,20})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MetaRegex();
}
