using System.Collections.Frozen;
using System.Collections.Immutable;
using Connect.Core.Classification;
using Connect.Core.Organizations;
using Connect.Core.Programs;

namespace Connect.Core.Matching;

/// <summary>
/// A list of calls made ready for matching: features, where each keyword stands, and which rows are one call.
/// Built once for a list; a list of tens of thousands would add postings by sector here.
/// </summary>
internal sealed class ProgramIndex
{
    private readonly FrozenDictionary<string, int[]> _byKeyword;

    /// <summary>For a row that shares its call with others: all of them, the one to be kept first.</summary>
    private readonly FrozenDictionary<int, int[]> _twins;

    private ProgramIndex(ProgramFeatures[] features, FrozenDictionary<string, int[]> byKeyword, FrozenDictionary<int, int[]> twins)
    {
        Features = features;
        _byKeyword = byKeyword;
        _twins = twins;
    }

    public ProgramFeatures[] Features { get; }

    public static ProgramIndex Build(ImmutableArray<ActiveProgram> programs, Taxonomy taxonomy)
    {
        ProgramFeatures[] features = [.. programs.Select(program => ProgramFeatures.Of(program, taxonomy))];
        Dictionary<string, List<int>> postings = new(StringComparer.Ordinal);
        for (var i = 0; i < features.Length; i++)
        {
            foreach (var keyword in features[i].Keywords)
            {
                if (!postings.TryGetValue(keyword, out var rows))
                {
                    postings[keyword] = rows = [];
                }

                rows.Add(i);
            }
        }

        return new(
            features,
            postings.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal),
            Twins(features));
    }

    /// <summary>The rows of calls that hold a canonical keyword.</summary>
    public ReadOnlySpan<int> RowsOf(string keyword) => _byKeyword.TryGetValue(keyword, out var rows) ? rows : [];

    /// <summary>Whether another row that is open to this type is the same call and is the better one to show.</summary>
    public bool IsRepeated(int row, OrganizationType type, DateTimeOffset now)
    {
        if (!_twins.TryGetValue(row, out var twins))
        {
            return false;
        }

        foreach (var twin in twins)
        {
            if (IsOpen(Features[twin].Program, now) && Admits(Features[twin].Program, type))
            {
                return twin != row;
            }
        }

        return false;
    }

    /// <summary>A call is open up to and including its deadline.</summary>
    public static bool IsOpen(ActiveProgram program, DateTimeOffset now) => program.Deadline is not { } deadline || deadline >= now;

    /// <summary>An empty list restricts nobody.</summary>
    public static bool Admits(ActiveProgram program, OrganizationType type) =>
        program.TargetTypes.IsDefaultOrEmpty || program.TargetTypes.Contains(type);

    private static FrozenDictionary<int, int[]> Twins(ProgramFeatures[] features)
    {
        // The row with a deadline, the later one (an extension), with a budget, the older one (ids grow with time).
        var groups = Enumerable.Range(0, features.Length)
            .Where(row => features[row].TitleKey.Length > 0)
            .GroupBy(row => (features[row].Program.Agency, features[row].TitleKey))
            .Where(group => group.Skip(1).Any())
            .Select(group => group
                .OrderBy(row => features[row].Program.Deadline is null)
                .ThenByDescending(row => features[row].Program.Deadline)
                .ThenBy(row => features[row].Program.BudgetAmount is null)
                .ThenBy(row => features[row].Program.Id)
                .ToArray());
        return groups.SelectMany(group => group.Select(row => KeyValuePair.Create(row, group))).ToFrozenDictionary();
    }
}
