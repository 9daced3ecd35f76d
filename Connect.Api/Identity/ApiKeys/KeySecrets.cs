using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Connect.Data.Caching;
using Microsoft.Net.Http.Headers;

namespace Connect.Api.Identity.ApiKeys;

/// <summary>
/// The text of a program's key: <c>ck_</c> and, in base64url, the key's id, random bytes, and a keyed checksum. The checksum is why a
/// made-up key costs no query.
/// </summary>
internal sealed class KeySecrets(AppSecrets secrets)
{
    /// <summary>What every key begins with, so that scanners of repositories find it.</summary>
    public const string Prefix = "ck_";

    private const string SecretName = "api-key-checksum";
    private const string Bearer = "Bearer " + Prefix;
    private const int IdLength = 16;
    private const int RandomLength = 24;
    private const int ChecksumLength = 8;
    private const int Length = IdLength + RandomLength + ChecksumLength;

    /// <summary>The key of a request, unchecked; null where it has none.</summary>
    public static string? Read(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization];
        return header.Count == 1 && header[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[0]![(Bearer.Length - Prefix.Length)..] : null;
    }

    /// <summary>A new secret for a key: the text, to be shown once, and the hash, to be kept.</summary>
    public async ValueTask<(string Text, byte[] Hash)> CreateAsync(Guid keyId, CancellationToken cancellationToken)
    {
        var bytes = new byte[Length];
        keyId.TryWriteBytes(bytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(IdLength, RandomLength));
        Checksum(await secrets.GetAsync(SecretName, cancellationToken), bytes).CopyTo(bytes.AsSpan(Length - ChecksumLength));
        return (Prefix + Base64Url.EncodeToString(bytes), SHA256.HashData(bytes));
    }

    /// <summary>Reads a key's text; null for one that the API never made.</summary>
    public async ValueTask<KeySecret?> TryReadAsync(string text, CancellationToken cancellationToken)
    {
        var bytes = new byte[Length];
        return Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _, out var written) == OperationStatus.Done && written == Length
            && CryptographicOperations.FixedTimeEquals(
                Checksum(await secrets.GetAsync(SecretName, cancellationToken), bytes), bytes.AsSpan(Length - ChecksumLength))
            ? new KeySecret(new Guid(bytes.AsSpan(0, IdLength)), Convert.ToBase64String(SHA256.HashData(bytes)))
            : null;
    }

    private static byte[] Checksum(byte[] key, byte[] bytes) => HMACSHA256.HashData(key, bytes.AsSpan(0, IdLength + RandomLength))[..ChecksumLength];
}

/// <summary>A secret that the API made once.</summary>
/// <param name="KeyId">The key that it is of.</param>
/// <param name="Hash">Its SHA-256, in base 64.</param>
internal readonly record struct KeySecret(Guid KeyId, string Hash)
{
    /// <summary>Whether it is the key's secret now, or was before a rotation that leaves it some time.</summary>
    public bool Opens(KeyAccess key, DateTimeOffset now) =>
        now < key.ExpiresAt && (IsOf(key.SecretHash) || (now < key.PreviousExpiresAt && key.PreviousSecretHash is { } previous && IsOf(previous)));

    private bool IsOf(string hash) => CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Hash.AsSpan()), MemoryMarshal.AsBytes(hash.AsSpan()));
}
