using System.Text.Json.Serialization;

namespace Connect.Domain.Classification;

/// <summary>The taxonomy as it stands in its four files; <see cref="TaxonomyLoader"/> checks it.</summary>
internal sealed record TaxonomyDocument(
    SectorsDocument Sectors, RelevanceDocument Relevance, MinistriesDocument Ministries, StopWordsDocument StopWords);

/// <summary><c>taxonomy.json</c>: sectors, words of two sectors, and spellings that mean the same.</summary>
internal sealed record SectorsDocument(
    IReadOnlyList<SectorsDocument.SectorEntry> Sectors,
    IReadOnlyList<SectorsDocument.SharedEntry> Shared,
    IReadOnlyList<IReadOnlyList<string>> Synonyms)
{
    /// <summary>A sector: its words by sub-sector, and weak words that decide nothing alone.</summary>
    internal sealed record SectorEntry(
        string Key,
        string Label,
        IReadOnlyList<string> Aliases,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Words,
        IReadOnlyList<string> Weak);

    /// <summary>A word of two sectors, the leading one first, and the rule that allows it.</summary>
    internal sealed record SharedEntry(string Word, IReadOnlyList<string> Sectors, string Rule);
}

/// <summary><c>relevance.json</c>: a row for each sector, in the order of <c>taxonomy.json</c>.</summary>
internal sealed record RelevanceDocument(IReadOnlyDictionary<string, IReadOnlyList<double>> Relevance);

/// <summary>
/// <c>ministries.json</c>: the sectors that each ministry works in, and the agencies, which imply no sector.
/// </summary>
internal sealed record MinistriesDocument(IReadOnlyList<MinistriesDocument.MinistryEntry> Ministries, IReadOnlyList<string> Agencies)
{
    /// <summary>Names of ministries and the sectors that they work in; none for the general ones.</summary>
    internal sealed record MinistryEntry(IReadOnlyList<string> Names, IReadOnlyList<string> Sectors);
}

/// <summary>
/// <c>stop-words.json</c>: words that every announcement uses and that are no keyword, and neutral ones, which only
/// take up their letters so that no sector's word is read inside of them.
/// </summary>
internal sealed record StopWordsDocument(IReadOnlyList<string> StopWords, IReadOnlyList<string> Neutral);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SectorsDocument))]
[JsonSerializable(typeof(RelevanceDocument))]
[JsonSerializable(typeof(MinistriesDocument))]
[JsonSerializable(typeof(StopWordsDocument))]
[JsonSerializable(typeof(RegionsDocument))]
internal sealed partial class ClassificationJsonContext : JsonSerializerContext;
