using System.Collections.Frozen;

namespace Connect.Domain.Programs;

/// <summary>
/// Names that ministries had before. A program that was announced under the old name and is repeated under the new one is the same.
/// Source: the Government Organization Act as amended on 2025-10-01.
/// </summary>
public static class Ministries
{
    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["산업통상자원부"] = "산업통상부",
        ["환경부"] = "기후에너지환경부",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name that a ministry has today; any other text as it is.</summary>
    /// <param name="name">As written.</param>
    public static string CurrentNameOf(string name) => Renamed.GetValueOrDefault(name.Trim(), name);
}
