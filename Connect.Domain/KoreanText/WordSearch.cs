namespace Connect.Domain.KoreanText;

/// <summary>Looks for any of a few words, letter for letter.</summary>
internal static class WordSearch
{
    public static bool ContainsAny(this ReadOnlySpan<char> text, params ReadOnlySpan<string> words) => text.LastOfAny(words) >= 0;

    public static bool StartsWithAny(this ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public static bool EndsWithAny(this ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The place of the word that stands last; negative where none does.</summary>
    public static int LastOfAny(this ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        var last = -1;
        foreach (var word in words)
        {
            last = Math.Max(last, text.LastIndexOf(word, StringComparison.Ordinal));
        }

        return last;
    }
}
