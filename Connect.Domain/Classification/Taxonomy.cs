using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;

namespace Connect.Domain.Classification;

/// <summary>A known word and its sectors.</summary>
/// <param name="Text">The word in comparable form.</param>
/// <param name="Sectors">Its sectors, the leading one first; none for words that only stand in the way.</param>
/// <param name="Weak">Whether it decides nothing alone.</param>
internal sealed record TaxonomyWord(string Text, ImmutableArray<Sector> Sectors, bool Weak);

/// <summary>Sectors, their words, how closely they are related, and which ministry works in which. Data, not code.</summary>
public sealed class Taxonomy
{
    private static readonly Lazy<Taxonomy> Embedded = new(() => TaxonomyLoader.Load(TaxonomyLoader.ReadEmbedded()));

    private readonly double[,] _relevance;
    private readonly ImmutableArray<string> _labels;
    private readonly FrozenDictionary<string, Sector> _keys;
    private readonly FrozenDictionary<string, ImmutableArray<Sector>> _ministries;
    private readonly FrozenDictionary<string, string> _synonyms;
    private readonly FrozenSet<string> _stopWords;

    // Bounds the search for stop-words in a row: a title without a blank may be as long as its page.
    private readonly int _longestStopWord;
    private readonly FrozenDictionary<string, TaxonomyWord> _words;
    private readonly FrozenDictionary<string, ImmutableArray<string>> _heads;

    internal Taxonomy(TaxonomyParts parts)
    {
        _relevance = parts.Relevance;
        _labels = parts.Labels;
        _keys = parts.Keys.ToFrozenDictionary(StringComparer.Ordinal);
        _ministries = parts.Ministries.ToFrozenDictionary(StringComparer.Ordinal);
        _synonyms = parts.Synonyms.ToFrozenDictionary(StringComparer.Ordinal);
        _stopWords = parts.StopWords.ToFrozenSet(StringComparer.Ordinal);
        _longestStopWord = parts.StopWords.Max(word => word.Length);
        _words = parts.Words.ToFrozenDictionary(StringComparer.Ordinal);
        Matcher = new WordMatcher<TaxonomyWord>(_words);
        _heads = _words.Values
            .Select(word => (word.Text, Heads: HeadsOf(word)))
            .Where(pair => !pair.Heads.IsEmpty)
            .ToFrozenDictionary(pair => pair.Text, pair => pair.Heads, StringComparer.Ordinal);
    }

    /// <summary>The taxonomy that Connect ships with.</summary>
    public static Taxonomy Default => Embedded.Value;

    internal static ImmutableArray<Sector> AllSectors { get; } = [.. Enum.GetValues<Sector>()];

    private static ImmutableArray<string> SectorKeys { get; } =
        [.. AllSectors.Select(sector => JsonNamingPolicy.SnakeCaseUpper.ConvertName(sector.ToString()))];

    internal WordMatcher<TaxonomyWord> Matcher { get; }

    /// <summary>How related two sectors are, 0 to 1; 1 for the same.</summary>
    public double Relevance(Sector left, Sector right) => _relevance[(int)left, (int)right];

    /// <summary>The key of a sector on the wire and in data, such as BIO_HEALTH.</summary>
    public static string Key(Sector sector) => SectorKeys[(int)sector];

    /// <summary>The Korean label of a sector.</summary>
    public string Label(Sector sector) => _labels[(int)sector];

    /// <summary>The sector whose key, label or other name equals the text.</summary>
    public bool TryGetSector(string? text, out Sector sector) => _keys.TryGetValue(NormalizedText.Key(text), out sector);

    /// <summary>The sectors that a ministry works in; none for general or unknown ones.</summary>
    internal ImmutableArray<Sector> SectorsOfMinistry(string? ministry) =>
        _ministries.TryGetValue(NormalizedText.Key(ministry), out var sectors) ? sectors : [];

    /// <summary>One spelling for words that mean the same.</summary>
    internal string Canonical(string normalized) => _synonyms.GetValueOrDefault(normalized, normalized);

    /// <summary>
    /// The more general words that a word ends with, the longest first. Korean compounds end with their head, so 그린수소
    /// is a 수소 and 협동로봇 a 로봇. Only known words of the same leading sector: 수산식품 is of another sector than 식품.
    /// </summary>
    internal ImmutableArray<string> HeadsOf(string normalized) => _heads.TryGetValue(normalized, out var heads) ? heads : [];

    internal TaxonomyWord? Find(string normalized) => _words.GetValueOrDefault(normalized);

    /// <summary>
    /// Whether a normalized word can't count as a keyword: too short, a number, a weak word, a ministry, or nothing but stop-words
    /// one after another (기술개발사업).
    /// </summary>
    internal bool IsStopWord(string normalized)
    {
        if (normalized.Length < 2 || normalized.All(char.IsDigit))
        {
            return true;
        }

        return _words.TryGetValue(normalized, out var word) ? word.Weak : IsMadeOfStopWords(normalized);
    }

    private ImmutableArray<string> HeadsOf(TaxonomyWord word)
    {
        if (word.Sectors.IsEmpty || word.Weak)
        {
            return [];
        }

        var heads = ImmutableArray.CreateBuilder<string>();
        for (var start = 1; start <= word.Text.Length - 2; start++)
        {
            if (!NormalizedText.IsAscii(word.Text[start])
                && Find(word.Text[start..]) is { Weak: false, Sectors: [var leading, ..] } head
                && leading == word.Sectors[0])
            {
                heads.Add(head.Text);
            }
        }

        return heads.DrainToImmutable();
    }

    private bool IsMadeOfStopWords(string normalized)
    {
        var lookup = _stopWords.GetAlternateLookup<ReadOnlySpan<char>>();
        var reachable = new bool[normalized.Length + 1];
        reachable[0] = true;
        for (var start = 0; start < normalized.Length; start++)
        {
            var last = Math.Min(normalized.Length, start + _longestStopWord);
            for (var end = start + 1; reachable[start] && end <= last; end++)
            {
                reachable[end] |= char.IsDigit(normalized[end - 1]) && end == start + 1
                    || lookup.Contains(normalized.AsSpan(start, end - start));
            }
        }

        return reachable[normalized.Length];
    }
}
