using System.Collections.Immutable;
using System.Text;

namespace Connect.Domain.Search;

/// <summary>
/// What a user looks for: all words in any order, <c>"a phrase"</c> as one word, <c>-word</c> or <c>-"a phrase"</c> as one that must not
/// be there.
/// </summary>
/// <param name="Required">Words that a program must have.</param>
/// <param name="Excluded">Words that it must not have.</param>
public sealed record SearchQuery(ImmutableArray<SearchWord> Required, ImmutableArray<SearchWord> Excluded)
{
    /// <summary>Most words of a query.</summary>
    public const int MaxWords = 10;

    /// <summary>Longest text of a query, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>Whether the text had signs only: no program has them.</summary>
    public bool FindsNothing => Required.IsEmpty && Excluded.IsEmpty;

    /// <summary>Reads the text of a query. A phrase that does not end ends with the text; signs without a letter are left out.</summary>
    public static SearchQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<SearchWord> required = [], excluded = [];
        var folded = SearchText.Compatible(text);
        var index = 0;
        while (index < folded.Length)
        {
            if (char.IsWhiteSpace(folded[index]))
            {
                index++;
                continue;
            }

            var isExcluded = folded[index] == '-' && index + 1 < folded.Length && !char.IsWhiteSpace(folded[index + 1]);
            if (SearchWord.Of(Next(folded, ref index, isExcluded)) is { } word)
            {
                var words = isExcluded ? excluded : required;
                if (!words.Contains(word))
                {
                    words.Add(word);
                }
            }
        }

        return new([.. required], [.. excluded]);
    }

    /// <summary>The query once more, as short as it can be written: equal for queries that find the same by the same words.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var word in Required)
        {
            text.Append('+').Append(word.Folded);
        }

        foreach (var word in Excluded)
        {
            text.Append('-').Append(word.Folded);
        }

        return text.ToString();
    }

    // From a place that is no blank to the end of the word or phrase there.
    private static string Next(string text, ref int index, bool isExcluded)
    {
        var start = isExcluded ? index + 1 : index;
        if (IsQuote(text[start]))
        {
            var end = start + 1;
            while (end < text.Length && !IsQuote(text[end]))
            {
                end++;
            }

            index = Math.Min(end + 1, text.Length);
            return text[(start + 1)..end];
        }

        index = start;
        while (index < text.Length && !char.IsWhiteSpace(text[index]) && !IsQuote(text[index]))
        {
            index++;
        }

        return text[start..index];
    }

    private static bool IsQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E' or '\u201F';
}
