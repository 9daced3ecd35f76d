using System.Globalization;
using System.Text;

namespace Connect.Data.Mails;

/// <summary>
/// The form of mail addresses (RFC 5321, and RFC 6531 for letters beyond ASCII). Quoted local parts and addresses without a domain
/// name are refused: next to nobody has one, and many programs read them wrongly.
/// </summary>
public static class MailAddresses
{
    private const int MaxLocalBytes = 64;

    private const string SpecialCharacters = "\"(),:;<>@[\\]";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Whether a text is a mail address, composed or not.</summary>
    public static bool IsValid(string? address) =>
        address is { Length: <= 2 * Mail.MaxAddressLength }
        && Compose(address) is { Length: <= Mail.MaxAddressLength } composed
        && TrySplit(composed, out var local, out var domain)
        && IsLocal(local)
        && ToAscii(domain) is { } ascii
        && local.Length + 1 + ascii.Length <= Mail.MaxAddressLength;

    /// <summary>The address in Unicode's composed form (NFC): one spelling of what looks the same.</summary>
    public static string Compose(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return address.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair, which no valid address has.
            return address;
        }
    }

    /// <summary>The address with its domain in ASCII (punycode); the address itself if it is none.</summary>
    public static string WithAsciiDomain(string address) =>
        TrySplit(address, out var local, out var domain) && ToAscii(domain) is { } ascii ? $"{local}@{ascii}" : address;

    private static bool TrySplit(string address, out string local, out string domain)
    {
        var at = address.LastIndexOf('@');
        (local, domain) = at < 0 ? ("", "") : (address[..at], address[(at + 1)..]);
        return at > 0;
    }

    private static bool IsLocal(string local) =>
        Encoding.UTF8.GetByteCount(local) <= MaxLocalBytes
        && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.EnumerateRunes().All(IsLocal);

    // An unpaired surrogate is enumerated as U+FFFD.
    private static bool IsLocal(Rune rune) => rune.IsAscii
        ? rune.Value is > ' ' and < 0x7f && !SpecialCharacters.Contains((char)rune.Value, StringComparison.Ordinal)
        : rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>A domain name in ASCII, lower case; null for what is none.</summary>
    private static string? ToAscii(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            var last = ascii.LastIndexOf('.');

            // The last label is a name: 1.2.3.4 is an address of the network layer.
            return last > 0 && last < ascii.Length - 1 && !ascii[(last + 1)..].All(char.IsAsciiDigit) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
