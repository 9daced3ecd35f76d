namespace Connect.Benchmarks.Freshness;

/// <summary>
/// Words that show the versions from which an answer was computed. Each program has a word of its own, in its title and
/// as keyword. An organization has the word of one program, so it matches this program only.
/// </summary>
internal static class FreshnessWords
{
    private const string Stem = "freshword";

    /// <summary>The most programs: a word has four digits.</summary>
    public const int Max = 10_000;

    public static string WordOf(int word) => $"{Stem}{word:0000}";

    public static string TitleOf(int word, int revision) => $"{WordOf(word)} r{revision}";

    /// <summary>Finds the first title in a text and reads word and revision from it.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, out int word, out int revision)
    {
        (word, revision) = (0, 0);
        var start = text.IndexOf("\"title\":\"freshword"u8);
        if (start < 0)
        {
            return false;
        }

        text = text[(start + "\"title\":\"freshword"u8.Length)..];
        return System.Buffers.Text.Utf8Parser.TryParse(text, out word, out var used)
            && text[used..].StartsWith(" r"u8)
            && System.Buffers.Text.Utf8Parser.TryParse(text[(used + 2)..], out revision, out _);
    }
}
