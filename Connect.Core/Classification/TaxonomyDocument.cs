using System.Text.Json.Serialization;

namespace Connect.Core.Classification;

/// <summary>The taxonomy as it stands in its file; <see cref="TaxonomyLoader"/> judges it.</summary>
internal sealed record TaxonomyDocument(
    IReadOnlyList<TaxonomyDocument.SectorEntry> Sectors,
    IReadOnlyList<TaxonomyDocument.SharedEntry> Shared,
    IReadOnlyList<IReadOnlyList<string>> Synonyms,
    IReadOnlyList<string> StopWords,
    IReadOnlyList<string> Neutral,
    IReadOnlyList<string> Agencies,
    IReadOnlyList<TaxonomyDocument.MinistryEntry> Ministries,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Relevance)
{
    /// <summary>A sector: its words by sub-sector, and weak words that decide nothing alone.</summary>
    internal sealed record SectorEntry(
        string Key,
        string Label,
        IReadOnlyList<string> Aliases,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Words,
        IReadOnlyList<string> Weak);

    /// <summary>A word of two sectors, the leading one first, and the rule that lets it be.</summary>
    internal sealed record SharedEntry(string Word, IReadOnlyList<string> Sectors, string Rule);

    /// <summary>Names of ministries and the sectors that they work in; none for the general ones.</summary>
    internal sealed record MinistryEntry(IReadOnlyList<string> Names, IReadOnlyList<string> Sectors);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TaxonomyDocument))]
internal sealed partial class TaxonomyJsonContext : JsonSerializerContext;
