using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;

namespace Connect.Domain.Classification;

/// <summary>The parts of a checked taxonomy.</summary>
internal sealed record TaxonomyParts(
    ImmutableArray<string> Labels,
    Dictionary<string, Sector> Keys,
    Dictionary<string, TaxonomyWord> Words,
    Dictionary<string, ImmutableArray<Sector>> Ministries,
    Dictionary<string, string> Synonyms,
    HashSet<string> StopWords,
    double[,] Relevance);

/// <summary>Reads a taxonomy and refuses one that contradicts itself.</summary>
internal static class TaxonomyLoader
{
    /// <summary>The files that Connect ships with.</summary>
    public static TaxonomyDocument ReadEmbedded()
    {
        var context = ClassificationJsonContext.Default;
        return new(
            Read(ClassificationData.Sectors, context.SectorsDocument),
            Read(ClassificationData.Relevance, context.RelevanceDocument),
            Read(ClassificationData.Ministries, context.MinistriesDocument),
            Read(ClassificationData.StopWords, context.StopWordsDocument));
    }

    public static Taxonomy Load(TaxonomyDocument document)
    {
        var sectors = document.Sectors.Sectors.Select(entry => ParseSector(entry.Key)).ToArray();
        Check(sectors.Length == Taxonomy.AllSectors.Length && sectors.Distinct().Count() == sectors.Length,
            "Each sector must stand exactly once.");
        var words = ReadWords(document);
        return new Taxonomy(new(
            [.. document.Sectors.Sectors.OrderBy(entry => ParseSector(entry.Key)).Select(entry => entry.Label)],
            ReadKeys(document.Sectors),
            words,
            ReadMinistries(document.Ministries),
            ReadSynonyms(document.Sectors),
            [.. document.StopWords.StopWords.Select(NormalizedText.Key)],
            ReadRelevance(document.Relevance, sectors)));
    }

    private static T Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        using var stream = ClassificationData.Open(name);
        return ClassificationData.Read(stream, type);
    }

    private static Sector ParseSector(string key)
    {
        foreach (var sector in Taxonomy.AllSectors)
        {
            if (Taxonomy.Key(sector) == key)
            {
                return sector;
            }
        }

        throw new InvalidDataException($"Unknown sector {key}.");
    }

    private static Dictionary<string, Sector> ReadKeys(SectorsDocument document)
    {
        Dictionary<string, Sector> keys = new(StringComparer.Ordinal);
        foreach (var entry in document.Sectors)
        {
            foreach (var name in entry.Aliases.Append(entry.Key).Append(entry.Label).Select(NormalizedText.Key).Distinct())
            {
                Check(name.Length >= 2 && keys.TryAdd(name, ParseSector(entry.Key)), $"Name {name} is too short or names two sectors.");
            }
        }

        return keys;
    }

    private static Dictionary<string, TaxonomyWord> ReadWords(TaxonomyDocument document)
    {
        Dictionary<string, TaxonomyWord> words = new(StringComparer.Ordinal);
        foreach (var entry in document.Sectors.Sectors)
        {
            foreach (var (text, weak) in entry.Words.Values.SelectMany(list => list).Select(text => (text, false))
                .Concat(entry.Weak.Select(text => (text, true))))
            {
                var word = new TaxonomyWord(NormalizedText.Key(text), [ParseSector(entry.Key)], weak);
                Check(word.Text.Length >= 2, $"Word {text} is shorter than 2.");
                Check(words.TryAdd(word.Text, word), $"Word {text} stands twice; a word of two sectors needs a shared rule.");
            }
        }

        foreach (var entry in document.Sectors.Shared)
        {
            Check(!string.IsNullOrWhiteSpace(entry.Rule), $"Shared word {entry.Word} states no rule.");
            Check(entry.Sectors.Count == 2 && entry.Sectors[0] != entry.Sectors[1], $"Shared word {entry.Word} needs two sectors.");
            var word = new TaxonomyWord(NormalizedText.Key(entry.Word), [.. entry.Sectors.Select(ParseSector)], Weak: false);
            Check(word.Text.Length >= 2 && words.TryAdd(word.Text, word), $"Shared word {entry.Word} stands twice.");
        }

        // Words without a sector take up their letters, so that 특수산업 is not read as 수산.
        var ministries = document.Ministries.Ministries.SelectMany(entry => entry.Names);
        var withoutSector = document.StopWords.Neutral.Concat(document.Ministries.Agencies).Concat(ministries).Concat(document.StopWords.StopWords);
        foreach (var text in withoutSector.Select(NormalizedText.Key))
        {
            var isNew = words.TryAdd(text, new TaxonomyWord(text, [], Weak: true));
            Check(isNew || words[text].Sectors.IsEmpty, $"Word {text} is both of a sector and of none.");
        }

        return words;
    }

    private static Dictionary<string, ImmutableArray<Sector>> ReadMinistries(MinistriesDocument document)
    {
        Dictionary<string, ImmutableArray<Sector>> ministries = new(StringComparer.Ordinal);
        foreach (var entry in document.Ministries)
        {
            Check(entry.Sectors.Count <= 2, $"Ministry {entry.Names[0]} has more than two sectors.");
            foreach (var name in entry.Names)
            {
                var isNew = ministries.TryAdd(NormalizedText.Key(name), [.. entry.Sectors.Select(ParseSector)]);
                Check(isNew, $"Ministry {name} stands twice.");
            }
        }

        return ministries;
    }

    private static Dictionary<string, string> ReadSynonyms(SectorsDocument document)
    {
        Dictionary<string, string> synonyms = new(StringComparer.Ordinal);
        foreach (var group in document.Synonyms)
        {
            foreach (var text in group)
            {
                Check(synonyms.TryAdd(NormalizedText.Key(text), NormalizedText.Key(group[0])), $"Synonym {text} stands twice.");
            }
        }

        return synonyms;
    }

    private static double[,] ReadRelevance(RelevanceDocument document, Sector[] sectors)
    {
        var relevance = new double[sectors.Length, sectors.Length];
        foreach (var (row, sector) in sectors.Index())
        {
            Check(document.Relevance.TryGetValue(Taxonomy.Key(sector), out var values) && values.Count == sectors.Length,
                $"The relevance row of {sector} is missing or incomplete.");
            for (var column = 0; column < sectors.Length; column++)
            {
                Check(values![column] is >= 0 and <= 1, $"Relevance of {sector} is outside 0 to 1.");
                relevance[(int)sector, (int)sectors[column]] = values[column];
            }

            Check(values![row] == 1, $"{sector} must be wholly related to itself.");
        }

        for (var left = 0; left < sectors.Length; left++)
        {
            for (var right = 0; right < left; right++)
            {
                Check(relevance[left, right] == relevance[right, left],
                    $"Relevance of {(Sector)left} and {(Sector)right} is not symmetric.");
            }
        }

        return relevance;
    }

    private static void Check(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException(problem);
        }
    }
}
