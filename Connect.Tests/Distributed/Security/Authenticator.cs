using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Connect.Tests.Distributed.Security;

/// <summary>An authenticator app: codes of RFC 6238, six digits, half a minute.</summary>
internal static class Authenticator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Seconds = 30;
    private const uint SixDigits = 1_000_000;

    /// <summary>The code of a moment.</summary>
    /// <param name="key">The key, in base 32.</param>
    /// <param name="steps">Half minutes from now: a code is accepted once, and clocks may differ by two of them.</param>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol says so, and the server expects it.")]
    public static string CodeOf(string key, int steps = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / Seconds + steps);
        var hash = HMACSHA1.HashData(Decode(key), counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % SixDigits).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        List<byte> bytes = [];
        var (bits, count) = (0, 0);
        foreach (var letter in key)
        {
            (bits, count) = ((bits << 5) | Alphabet.IndexOf(letter, StringComparison.OrdinalIgnoreCase), count + 5);
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
                bits &= (1 << count) - 1;
            }
        }

        return [.. bytes];
    }
}
