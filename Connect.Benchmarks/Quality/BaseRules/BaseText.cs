namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The first platform's comparison of texts: without white space, in upper case, by substring.</summary>
internal static class BaseText
{
    public static string Normalize(string text) =>
        string.Concat(text.Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();

    /// <summary>
    /// Splits at white space only, so punctuation stays part of a word; other separators are not recorded.
    /// </summary>
    public static string[] NormalizedWords(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Normalize)];

    /// <summary>Whether one normalized text contains the other.</summary>
    public static bool Overlap(string first, string second) =>
        first.Contains(second, StringComparison.Ordinal) || second.Contains(first, StringComparison.Ordinal);
}
