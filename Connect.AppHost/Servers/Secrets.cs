using System.Security.Cryptography;

namespace Connect.AppHost.Servers;

/// <summary>Passwords of servers that only this machine reaches.</summary>
internal static class Secrets
{
    /// <summary>128 random bits, in characters that need no quoting anywhere.</summary>
    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
