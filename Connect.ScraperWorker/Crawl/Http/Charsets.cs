using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Connect.ScraperWorker.Crawl.Http;

/// <summary>The encodings of charset names.</summary>
internal static class Charsets
{
    /// <summary>Code page 949, which contains EUC-KR.</summary>
    public const int Korean = 949;

    public const int Utf8 = 65001;

    public const int Utf16 = 1200;

    public const int Utf16BigEndian = 1201;

    private const int Western = 1252;

    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding that counts what it cannot decode.</summary>
    public static Encoding Open(int codePage, InvalidBytes invalid) =>
        Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, invalid);

    /// <summary>Whether any bytes fit the charset, so that its name proves nothing: servers send iso-8859-1 by default.</summary>
    public static bool FitsAnything(int codePage) => Encoding.GetEncoding(codePage).IsSingleByte;

    /// <summary>The code page of a name; false where it is unknown or forbidden (UTF-7).</summary>
    public static bool TryFind([NotNullWhen(true)] string? name, out int codePage)
    {
        var trimmed = name?.Trim(' ', '"', '\'') ?? "";
        codePage = trimmed.ToUpperInvariant() switch
        {
            "" => 0,
            "UTF8" => Utf8,
            "EUC-KR" or "EUCKR" or "EUC_KR" or "KSC5601" or "KS_C_5601" or "CP949" or "MS949" or "WINDOWS-949" or "X-WINDOWS-949" or "UHC" => Korean,

            // Browsers decode both as windows-1252.
            "ISO-8859-1" or "US-ASCII" or "ASCII" or "LATIN1" => Western,
            _ => Find(trimmed),
        };
        return codePage != 0;
    }

    private static int Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name).CodePage;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return 0;
        }
    }
}
