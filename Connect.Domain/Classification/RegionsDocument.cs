namespace Connect.Domain.Classification;

/// <summary><c>regions.json</c>: the names of provinces, their towns and groups of provinces in titles.</summary>
internal sealed record RegionsDocument(
    IReadOnlyList<RegionsDocument.RegionEntry> Regions,
    IReadOnlyList<RegionsDocument.GroupEntry> Groups,
    IReadOnlyList<string> OutsideCapital,
    IReadOnlyList<string> Neutral)
{
    /// <summary>A province: its short label, its names, and places that stand for it.</summary>
    internal sealed record RegionEntry(string Key, string Label, IReadOnlyList<string> Names, IReadOnlyList<string> Places);

    /// <summary>Names of several provinces together, such as 충청권.</summary>
    internal sealed record GroupEntry(IReadOnlyList<string> Names, IReadOnlyList<string> Regions);
}
