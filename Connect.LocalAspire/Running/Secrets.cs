using System.Security.Cryptography;

namespace Connect.LocalAspire.Running;

/// <summary>Passwords for the servers of one run.</summary>
internal static class Secrets
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 22;

    public static string NewPassword() => RandomNumberGenerator.GetString(Alphabet, Length);
}
