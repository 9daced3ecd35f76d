using System.Collections.Frozen;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Classification;

/// <summary>A known word found in a text.</summary>
/// <param name="Text">The word in comparable form.</param>
/// <param name="Value">Its meaning.</param>
/// <param name="Start">Where it begins in the text's comparable form.</param>
internal readonly record struct WordMatch<T>(string Text, T Value, int Start);

/// <summary>
/// Finds known words from left to right, the longest first, each letter used once. ASCII words match whole
/// tokens only (no IT in digital); a Korean word may stand inside a compound, because Korean writes compounds
/// without spaces.
/// </summary>
/// <typeparam name="T">The meaning of a word.</typeparam>
internal sealed class WordMatcher<T>
{
    private readonly FrozenDictionary<char, (string Text, T Value)[]> _byFirst;

    /// <summary>A matcher of words in comparable form (<see cref="NormalizedText.Key"/>), each given once.</summary>
    public WordMatcher(IEnumerable<KeyValuePair<string, T>> words) =>
        _byFirst = words.Where(word => word.Key.Length >= 2)
            .GroupBy(word => word.Key[0])
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(word => word.Key.Length).Select(word => (word.Key, word.Value)).ToArray());

    /// <summary>All words in the order of the text.</summary>
    public List<WordMatch<T>> FindAll(NormalizedText text)
    {
        List<WordMatch<T>> found = [];
        var index = 0;
        while (index < text.Length)
        {
            if (LongestAt(text, index) is { } match)
            {
                found.Add(match);
                index += match.Text.Length;
            }
            else
            {
                index++;
            }
        }

        return found;
    }

    private WordMatch<T>? LongestAt(NormalizedText text, int index)
    {
        if (_byFirst.TryGetValue(text.Text[index], out var words))
        {
            foreach (var (word, value) in words)
            {
                if (text.Text.AsSpan(index).StartsWith(word, StringComparison.Ordinal) && FitsAt(text, index, word))
                {
                    return new(word, value, index);
                }
            }
        }

        return null;
    }

    private static bool FitsAt(NormalizedText text, int start, string word)
    {
        var end = start + word.Length;
        if ((NormalizedText.IsAscii(word[0]) && !text.StartsAt(start)) || (NormalizedText.IsAscii(word[^1]) && !text.StartsAt(end)))
        {
            return false;
        }

        var lastBreak = -1;
        for (var i = start + 1; i < end; i++)
        {
            if (text.BreaksHardAt(i))
            {
                return false;
            }

            lastBreak = text.BreaksAt(i) ? i : lastBreak;
        }

        // A word over a space must begin where a token begins and not end one letter into another one:
        // 전기 차세대 holds no 전기차.
        return lastBreak < 0 || (word.Length >= 3 && text.StartsAt(start) && (end - lastBreak >= 2 || text.StartsAt(end)));
    }
}
