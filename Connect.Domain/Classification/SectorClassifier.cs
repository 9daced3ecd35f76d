using System.Collections.Immutable;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Classification;

/// <summary>Points of one sector, and the words that gave them.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Points">Its points.</param>
/// <param name="Evidence">The words, in comparable form, in the order that they were found.</param>
public sealed record SectorScore(Sector Sector, int Points, ImmutableArray<string> Evidence);

/// <summary>A program's sectors.</summary>
/// <param name="Sectors">None, one or two; the leading one first.</param>
/// <param name="Scores">All sectors with points: those of the title first, the highest first.</param>
/// <param name="Origin">Where <paramref name="Sectors"/> come from.</param>
public sealed record SectorClassification(ImmutableArray<Sector> Sectors, ImmutableArray<SectorScore> Scores, SectorOrigin Origin)
{
    /// <summary>The words that gave a sector its points; none for one without points.</summary>
    public ImmutableArray<string> WordsOf(Sector sector)
    {
        foreach (var score in Scores)
        {
            if (score.Sector == sector)
            {
                return score.Evidence;
            }
        }

        return [];
    }
}

/// <summary>
/// Finds a program's sectors in its title, category and keywords, or by its ministry if they have none.
/// </summary>
public static class SectorClassifier
{
    private const int KeyPoints = 12;
    private const int StrongPoints = 3;
    private const int WeakPoints = 1;
    private const int KeywordPoints = 2;

    /// <summary>Below this there is no sector: a weak word alone decides nothing.</summary>
    private const int LeadingMinimum = 2;

    private const int SecondMinimum = 2;

    /// <summary>The second sector needs at least this part of the leading one's points.</summary>
    private const int SecondShare = 3;

    /// <summary>Classifies a program with the shipped taxonomy.</summary>
    public static SectorClassification Classify(string? title, string? category, ImmutableArray<string> keywords, string? ministry) =>
        Classify(Taxonomy.Default, title, category, keywords, ministry);

    /// <summary>The sectors of a free text, such as a board's category or an organization's own words; none if it says nothing.</summary>
    public static ImmutableArray<Sector> Resolve(string? text) => Classify(null, text, [], null).Sectors;

    internal static SectorClassification Classify(
        Taxonomy taxonomy, string? title, string? category, ImmutableArray<string> keywords, string? ministry)
    {
        var tally = new Tally();
        AddCategory(taxonomy, tally, category);
        var titleText = NormalizedText.Of(title);
        var titleWords = taxonomy.Matcher.FindAll(titleText);
        tally.Add(titleWords, StrongPoints, WeakPoints, inTitle: true);
        foreach (var keyword in keywords.IsDefault ? [] : keywords)
        {
            tally.Add(taxonomy.Matcher.FindAll(NormalizedText.Of(keyword)), KeywordPoints, WeakPoints);
        }

        var scores = tally.Ranked();
        if (scores is [{ Points: >= LeadingMinimum } leading, ..])
        {
            var hasSecond = scores.Length > 1
                && scores[1].Points >= SecondMinimum
                && scores[1].Points * SecondShare >= leading.Points;
            ImmutableArray<Sector> sectors = hasSecond ? [leading.Sector, scores[1].Sector] : [leading.Sector];
            return new(sectors, scores, SectorOrigin.Words);
        }

        var byMinistry = taxonomy.SectorsOfMinistry(ministry);
        if (byMinistry.IsEmpty && string.IsNullOrWhiteSpace(ministry))
        {
            byMinistry = MinistryInTitle(taxonomy, titleWords);
        }

        return new(byMinistry, scores, byMinistry.IsEmpty ? SectorOrigin.None : SectorOrigin.Ministry);
    }

    private static void AddCategory(Taxonomy taxonomy, Tally tally, string? category)
    {
        if (string.IsNullOrWhiteSpace(category))
        {
            return;
        }

        foreach (var part in category.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (taxonomy.TryGetSector(part, out var sector))
            {
                tally.Add(sector, NormalizedText.Key(part), KeyPoints);
            }
            else
            {
                tally.Add(taxonomy.Matcher.FindAll(NormalizedText.Of(part)), 2 * StrongPoints, 2 * WeakPoints);
            }
        }
    }

    private static ImmutableArray<Sector> MinistryInTitle(Taxonomy taxonomy, List<WordMatch<TaxonomyWord>> words)
    {
        foreach (var (text, _, _) in words)
        {
            if (taxonomy.SectorsOfMinistry(text) is { IsEmpty: false } sectors)
            {
                return sectors;
            }
        }

        return [];
    }

    /// <summary>Points by sector. A word counts once, however often a title repeats itself.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<Sector, Entry> _entries = [];
        private readonly HashSet<(Sector, string)> _seen = [];
        private int _order;

        public void Add(List<WordMatch<TaxonomyWord>> words, int strong, int weak, bool inTitle = false)
        {
            foreach (var (_, word, _) in words)
            {
                foreach (var (place, sector) in word.Sectors.Index())
                {
                    Add(sector, word.Text, word.Weak ? weak : Math.Max(weak, strong - place), inTitle && !word.Weak);
                }
            }
        }

        public void Add(Sector sector, string word, int points, bool inTitle = false)
        {
            if (!_entries.TryGetValue(sector, out var entry))
            {
                _entries[sector] = entry = new Entry(_order++);
            }

            entry.IsInTitle |= inTitle;
            if (!_seen.Add((sector, word)))
            {
                return;
            }

            entry.Points += points;
            entry.Letters += word.Length;
            entry.Words.Add(word);
        }

        /// <summary>
        /// Sectors of the title come first, even if other fields give more points. Then by points, by the longer
        /// evidence and by the earlier place, never by the order of declaration.
        /// </summary>
        public ImmutableArray<SectorScore> Ranked() =>
        [
            .. _entries
                .OrderByDescending(pair => pair.Value.IsInTitle)
                .ThenByDescending(pair => pair.Value.Points)
                .ThenByDescending(pair => pair.Value.Letters)
                .ThenBy(pair => pair.Value.Order)
                .Select(pair => new SectorScore(pair.Key, pair.Value.Points, [.. pair.Value.Words])),
        ];

        private sealed class Entry(int order)
        {
            public int Order { get; } = order;

            public bool IsInTitle { get; set; }

            public int Points { get; set; }

            public int Letters { get; set; }

            public List<string> Words { get; } = [];
        }
    }
}
