using Connect.Data.Mails;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity.Addresses;

/// <summary>
/// The form in which addresses are compared: upper case, composed (NFC), the domain in ASCII. So <c>한글@예시.한국</c> is one account,
/// however a keyboard composes it, and whether a program writes the domain in letters or as <c>xn--</c>.
/// </summary>
internal sealed class AddressNormalizer : ILookupNormalizer
{
    public string? NormalizeName(string? name) =>
        name is null ? null : MailAddresses.WithAsciiDomain(MailAddresses.Compose(name)).ToUpperInvariant();

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
