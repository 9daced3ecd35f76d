using Connect.Domain.Programs;
using Connect.Domain.Series;

namespace Connect.Domain.Tests.Series;

/// <summary>Two titles with what stands beside them, as the data files list them.</summary>
internal sealed record SeriesPair(SeriesPair.Side First, SeriesPair.Side Second)
{
    /// <summary>The pairs of a data file.</summary>
    public static IReadOnlyList<SeriesPair> Read(string name)
    {
        using var reader = new StreamReader(typeof(SeriesPair).Assembly.GetManifestResourceStream($"Series.{name}.tsv")!);
        List<SeriesPair> pairs = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var cells = line.Split('\t');
                pairs.Add(new(SideOf(cells, 0), SideOf(cells, 1)));
            }
        }

        return pairs;
    }

    /// <summary>Whether both are of one series.</summary>
    public bool IsJoined => First.Key is var key && SeriesKey.IsSeries(key) && key == Second.Key;

    private static Side SideOf(string[] cells, int side) =>
        new(cells[side], Cell(cells, 2, side), Enum.Parse<Agency>(Cell(cells, 3, side)!), Cell(cells, 4, side));

    private static string? Cell(string[] cells, int place, int side)
    {
        var values = place < cells.Length ? cells[place].Split('>') : [];
        return values.Length == 0 ? null : values[values.Length > 1 ? side : 0] is { Length: > 0 } value ? value : null;
    }

    /// <summary>One announcement.</summary>
    internal sealed record Side(string Title, string? Ministry, Agency Agency, string? Announcer)
    {
        public string Key => SeriesKey.Of(Title, Ministry, Agency, Announcer);
    }
}
