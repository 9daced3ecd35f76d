using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;

namespace Connect.Api.Organizations;

/// <summary>
/// Business numbers (000-00-00000) at rest: encrypted by Data Protection, found by a keyed hash, masked in answers. The
/// hash has a random, protected key, because ten digits could be guessed from a plain hash.
/// </summary>
internal sealed partial class BusinessNumbers(AppSecrets secrets, IDataProtectionProvider protection)
{
    /// <summary>The accepted form.</summary>
    public const string Pattern = "^[0-9]{3}-?[0-9]{2}-?[0-9]{5}$";

    private const string SecretName = "business-number-hash";

    private readonly IDataProtector _numbers = protection.CreateProtector("business-number");

    public string Encrypt(string number) => _numbers.Protect(DigitsOf(number));

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

    public async Task<string> HashAsync(string number, CancellationToken cancellationToken)
    {
        var key = await LoadKeyAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(DigitsOf(number))));
    }

    /// <summary>Reads the key of the hash, or creates it if there is none.</summary>
    public ValueTask<byte[]> LoadKeyAsync(CancellationToken cancellationToken) => secrets.GetAsync(SecretName, cancellationToken);

    private static string DigitsOf(string number) => NonDigits().Replace(number, "");

    [GeneratedRegex("[^0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex NonDigits();
}
