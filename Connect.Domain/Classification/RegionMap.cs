using System.Collections.Immutable;
using System.Text.Json;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;

namespace Connect.Domain.Classification;

/// <summary>
/// Finds the provinces that a title restricts a program to. A name counts only where a word begins, so that neither
/// 디지털대전환 is Daejeon nor 농산부산물 Busan. Data, not code.
/// </summary>
public sealed class RegionMap
{
    private static readonly Lazy<RegionMap> Embedded = new(LoadEmbedded);
    private static readonly ImmutableArray<Region> Capital = [Region.Seoul, Region.Incheon, Region.Gyeonggi];

    private readonly ImmutableArray<string> _labels;
    private readonly WordMatcher<Place> _matcher;

    private RegionMap(ImmutableArray<string> labels, WordMatcher<Place> matcher) => (_labels, _matcher) = (labels, matcher);

    /// <summary>The map that Connect ships with.</summary>
    public static RegionMap Default => Embedded.Value;

    internal static ImmutableArray<Region> AllRegions { get; } = [.. Enum.GetValues<Region>()];

    /// <summary>The Korean short name of a province, such as 부산.</summary>
    public string Label(Region region) => _labels[(int)region];

    /// <summary>
    /// The provinces that a title names, by their own name, a place in them or a group, in the order of the
    /// enumeration. 지역혁신 without a name means all provinces outside the capital area. Empty without a restriction.
    /// </summary>
    public ImmutableArray<Region> Read(string? title) => Find(title).Regions;

    internal (ImmutableArray<Region> Regions, ImmutableArray<string> Words) Find(string? title)
    {
        var text = NormalizedText.Of(title);
        SortedSet<Region> named = [];
        List<string> words = [];
        List<string> outsideCapital = [];
        foreach (var match in _matcher.FindAll(text))
        {
            if (match.Value.IsOutsideCapital)
            {
                outsideCapital.Add(match.Text);
            }
            else if (!match.Value.Regions.IsEmpty && Begins(text, match.Start))
            {
                named.UnionWith(match.Value.Regions);
                words.Add(match.Text);
            }
        }

        return named.Count > 0 ? ([.. named], [.. words.Distinct()])
            : outsideCapital.Count > 0 ? ([.. AllRegions.Except(Capital)], [.. outsideCapital.Distinct()])
            : ([], []);
    }

    internal static RegionMap Load(RegionsDocument document)
    {
        var keys = AllRegions.ToDictionary(region => JsonNamingPolicy.SnakeCaseUpper.ConvertName(region.ToString()));
        Check(document.Regions.Select(entry => entry.Key).Order(StringComparer.Ordinal).SequenceEqual(keys.Keys.Order(StringComparer.Ordinal)),
            "Each region must stand exactly once.");
        Dictionary<string, Place> places = new(StringComparer.Ordinal);
        foreach (var entry in document.Regions)
        {
            Add(entry.Names.Concat(entry.Places), new([keys[entry.Key]], false));
        }

        foreach (var group in document.Groups)
        {
            Check(group.Regions.Count > 0 && group.Regions.All(keys.ContainsKey), $"Group {group.Names[0]} is of unknown regions.");
            Add(group.Names, new([.. group.Regions.Select(key => keys[key])], false));
        }

        Add(document.OutsideCapital, new([], IsOutsideCapital: true));
        Add(document.Neutral, new([], false));
        return new(
            [.. document.Regions.OrderBy(entry => keys[entry.Key]).Select(entry => entry.Label)], new WordMatcher<Place>(places));

        void Add(IEnumerable<string> names, Place place)
        {
            foreach (var name in names.Select(NormalizedText.Key))
            {
                Check(name.Length >= 2 && places.TryAdd(name, place), $"Region name {name} is too short or stands twice.");
            }
        }
    }

    private static RegionMap LoadEmbedded()
    {
        using var stream = ClassificationData.Open(ClassificationData.Regions);
        return Load(ClassificationData.Read(stream, ClassificationJsonContext.Default.RegionsDocument));
    }

    // "2025년도부산" is written without a space too.
    private static bool Begins(NormalizedText text, int start) => text.StartsAt(start) || text.Text[start - 1] is '년' or '도';

    private static void Check(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException(problem);
        }
    }

    /// <summary>
    /// The provinces of a name; none for a word that only keeps its letters from being read as a name.
    /// </summary>
    private sealed record Place(ImmutableArray<Region> Regions, bool IsOutsideCapital);
}
