using System.Collections.Immutable;
using System.Globalization;

namespace Connect.Domain.Search;

/// <summary>A place of a text.</summary>
/// <param name="Start">Its first UTF-16 code unit, from 0.</param>
/// <param name="Length">Its length in UTF-16 code units.</param>
public readonly record struct SearchHit(int Start, int Length);

/// <summary>Finds the places of words in a text as it is written.</summary>
public static class SearchHits
{
    /// <summary>The places of all words, in the order of the text; those that touch or overlap are one.</summary>
    public static ImmutableArray<SearchHit> Find(string text, ImmutableArray<SearchWord> words)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = new Letters(text);
        List<(int Start, int End)> places = [.. words.SelectMany(letters.PlacesOf).Order()];
        var hits = ImmutableArray.CreateBuilder<SearchHit>();
        for (var i = 0; i < places.Count;)
        {
            var (start, end) = places[i];
            while (++i < places.Count && places[i].Start <= end)
            {
                end = Math.Max(end, places[i].End);
            }

            hits.Add(new(start, end - start));
        }

        return hits.ToImmutable();
    }

    // The letters of a text in comparable form, without blanks, with the place of each and whether something stands before it.
    private sealed class Letters
    {
        private readonly List<(int Start, int End, bool IsApart)> _places = [];
        private readonly string _letters;

        public Letters(string text)
        {
            List<char> letters = [];
            var isApart = true;
            for (var index = 0; index < text.Length;)
            {
                var length = StringInfo.GetNextTextElementLength(text, index);
                foreach (var written in SearchText.Compatible(text.Substring(index, length)))
                {
                    var c = SearchText.ToLower(written);
                    if (SearchText.IsSeparator(c))
                    {
                        isApart = true;
                        continue;
                    }

                    letters.Add(c);
                    _places.Add((index, index + length, isApart));
                    isApart = false;
                }

                index += length;
            }

            _letters = new string([.. letters]);
        }

        public IEnumerable<(int Start, int End)> PlacesOf(SearchWord word)
        {
            for (var at = Find(word, 0); at >= 0; at = Find(word, at + 1))
            {
                yield return (_places[at].Start, _places[at + word.Letters.Length - 1].End);
            }
        }

        private int Find(SearchWord word, int from)
        {
            while (from <= _letters.Length - word.Letters.Length)
            {
                var at = _letters.IndexOf(word.Letters, from, StringComparison.Ordinal);
                if (at < 0 || !word.IsWhole || IsWhole(word, at))
                {
                    return at;
                }

                from = at + 1;
            }

            return -1;
        }

        private bool IsWhole(SearchWord word, int at)
        {
            var end = at + word.Letters.Length;
            if (!Begins(at) || (end < _letters.Length && !Begins(end)))
            {
                return false;
            }

            // The blanks within the word stand where they stand in the text.
            var place = at;
            for (var i = 0; i < word.Folded.Length; i++)
            {
                var isBlank = word.Folded[i] == ' ';
                if (place > at && place < end && _places[place].IsApart != (isBlank || word.Folded[i - 1] == ' '))
                {
                    return false;
                }

                place += isBlank ? 0 : 1;
            }

            return true;
        }

        private bool Begins(int at) =>
            at == 0 || _places[at].IsApart || SearchText.IsLatin(_letters[at - 1]) != SearchText.IsLatin(_letters[at]);
    }
}
