using System.Security.Cryptography;
using System.Text;
using Connect.Domain.Organizations;
using Microsoft.AspNetCore.DataProtection;

namespace Connect.Api.Organizations;

/// <summary>A business number as it is stored.</summary>
/// <param name="Encrypted">By Data Protection, another text each time.</param>
/// <param name="Hash">Keyed; equal for equal numbers.</param>
internal sealed record StoredBusinessNumber(string Encrypted, string Hash);

/// <summary>
/// Business numbers at rest: encrypted by Data Protection, found by a keyed hash, masked in answers. The hash has a random, protected
/// key, because ten digits could be guessed from a plain hash.
/// </summary>
internal sealed class BusinessNumbers(AppSecrets secrets, IDataProtectionProvider protection)
{
    private const string SecretName = "business-number-hash";

    private readonly IDataProtector _numbers = protection.CreateProtector("business-number");

    public async Task<StoredBusinessNumber> ProtectAsync(BusinessNumber number, CancellationToken cancellationToken)
    {
        var key = await LoadKeyAsync(cancellationToken);
        return new(
            _numbers.Protect(number.Digits), Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(number.Digits))));
    }

    /// <summary>The first five digits, the others as asterisks; null without a number.</summary>
    public string? Mask(string? encrypted)
    {
        if (encrypted is null)
        {
            return null;
        }

        var digits = _numbers.Unprotect(encrypted);
        return $"{digits[..3]}-{digits[3..5]}-*****";
    }

    /// <summary>Reads the key of the hash, or creates it if there is none.</summary>
    public ValueTask<byte[]> LoadKeyAsync(CancellationToken cancellationToken) => secrets.GetAsync(SecretName, cancellationToken);
}
