using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Connect.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Organizations;

/// <summary>
/// Business numbers (000-00-00000) at rest: encrypted by Data Protection, found by a keyed hash, masked when read.
/// The key of the hash is random, made once, and stored protected: ten digits could be guessed from a plain hash.
/// </summary>
internal sealed partial class BusinessNumbers(IServiceScopeFactory scopes, IDataProtectionProvider protection)
{
    /// <summary>The accepted form.</summary>
    public const string Pattern = "^[0-9]{3}-?[0-9]{2}-?[0-9]{5}$";

    private const string SecretName = "business-number-hash";
    private const int KeyBytes = 32;

    private readonly IDataProtector _numbers = protection.CreateProtector("business-number");
    private readonly IDataProtector _secrets = protection.CreateProtector("app-secret");
    private byte[]? _key;

    public string Encrypt(string number) => _numbers.Protect(DigitsOf(number));

    /// <summary>The first five digits; the rest is nobody's business.</summary>
    public string Mask(string encrypted)
    {
        var digits = _numbers.Unprotect(encrypted);
        return $"{digits[..3]}-{digits[3..5]}-*****";
    }

    public async Task<string> HashAsync(string number, CancellationToken cancellationToken)
    {
        var key = _key ?? await LoadKeyAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(DigitsOf(number))));
    }

    /// <summary>Reads the key, or makes it where there is none: of two that are made at once, the stored one counts.</summary>
    public async Task<byte[]> LoadKeyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConnectDbContext>();
        var made = _secrets.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        await context.Database.ExecuteSqlAsync(
            $"insert into app_secrets (name, protected_value) values ({SecretName}, {made}) on conflict do nothing", cancellationToken);
        var stored = await context.AppSecrets.AsNoTracking().SingleAsync(secret => secret.Name == SecretName, cancellationToken);
        return _key = Convert.FromBase64String(_secrets.Unprotect(stored.ProtectedValue));
    }

    private static string DigitsOf(string number) => NonDigits().Replace(number, "");

    [GeneratedRegex("[^0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex NonDigits();
}
