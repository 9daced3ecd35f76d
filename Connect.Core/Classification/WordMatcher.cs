using System.Collections.Frozen;

namespace Connect.Core.Classification;

/// <summary>A known word found in a text.</summary>
internal readonly record struct WordMatch(TaxonomyWord Word, int Start);

/// <summary>
/// Finds known words from left to right, the longest first, each letter used once. ASCII words match whole
/// tokens only (no IT in digital); a Korean word may stand inside a compound, because Korean writes compounds
/// without spaces.
/// </summary>
internal sealed class WordMatcher
{
    private readonly FrozenDictionary<char, TaxonomyWord[]> _byFirst;

    public WordMatcher(IEnumerable<TaxonomyWord> words) =>
        _byFirst = words.Where(word => word.Text.Length >= 2)
            .GroupBy(word => word.Text[0])
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(word => word.Text.Length).ToArray());

    /// <summary>All words, those without a sector included.</summary>
    public List<WordMatch> FindAll(NormalizedText text)
    {
        List<WordMatch> found = [];
        var index = 0;
        while (index < text.Length)
        {
            if (LongestAt(text, index) is { } word)
            {
                found.Add(new(word, index));
                index += word.Text.Length;
            }
            else
            {
                index++;
            }
        }

        return found;
    }

    private TaxonomyWord? LongestAt(NormalizedText text, int index)
    {
        if (_byFirst.TryGetValue(text.Text[index], out var words))
        {
            foreach (var word in words)
            {
                if (text.Text.AsSpan(index).StartsWith(word.Text, StringComparison.Ordinal) && FitsAt(text, index, word.Text))
                {
                    return word;
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
