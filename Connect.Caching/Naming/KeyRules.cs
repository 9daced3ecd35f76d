namespace Connect.Caching.Naming;

/// <summary>The keys that can be cached: those that the stock HybridCache caches by default.</summary>
internal static class KeyRules
{
    /// <summary>Longest key, in characters: the stock cache's default.</summary>
    public const int MaxLength = 1024;

    private const char LastControl = '\u001F';

    /// <summary>Whether values are kept under a key: it is not blank, not too long and has no character below a space.</summary>
    public static bool IsCacheable(string key) =>
        key.Length <= MaxLength && !string.IsNullOrWhiteSpace(key) && !key.AsSpan().ContainsAnyInRange('\0', LastControl);
}
