using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>Builds the index of a list of programs.</summary>
internal static class ProgramIndexBuilder
{
    public static ProgramIndex Build(ImmutableArray<ActiveProgram> programs, Taxonomy taxonomy)
    {
        var features = programs.Select(program => ProgramFeatures.Of(program, taxonomy)).ToArray();
        Array.Sort(features, static (left, right) => Compare(left.Program, right.Program));
        var (sectors, sectorNumbers) = Number(features.Select(program => program.Sectors));
        var (signatures, signatureNumbers) = Number(features.Select(program => program.Signature));
        var twins = Twins(features);
        RowFacts[] rows =
        [
            .. features.Select((program, row) => RowFacts.Of(
                program.Program.Deadline, sectorNumbers[program.Sectors], signatureNumbers[program.Signature], twins.ContainsKey(row))),
        ];
        return new(features, rows, sectors, signatures, Leaves(rows, sectors.Length), Postings(features), Reaches(sectors, taxonomy), twins);
    }

    /// <summary>The distinct values in the order of their first appearance, and the place of each.</summary>
    private static (T[] Distinct, Dictionary<T, int> Places) Number<T>(IEnumerable<T> values)
        where T : struct
    {
        T[] distinct = [.. values.Distinct()];
        return (distinct, distinct.Index().ToDictionary(pair => pair.Item, pair => pair.Index));
    }

    private static int Compare(ActiveProgram left, ActiveProgram right)
    {
        var byDeadline = (left.Deadline?.UtcTicks ?? long.MaxValue).CompareTo(right.Deadline?.UtcTicks ?? long.MaxValue);
        return byDeadline != 0 ? byDeadline : left.Id.CompareTo(right.Id);
    }

    private static ProgramIndex.Leaf[][] Leaves(RowFacts[] rows, int sectors)
    {
        var leaves = new ProgramIndex.Leaf[sectors][];
        foreach (var group in Enumerable.Range(0, rows.Length).GroupBy(row => rows[row].Sectors))
        {
            leaves[group.Key] =
                [.. group.GroupBy(row => rows[row].Signature).Select(leaf => new ProgramIndex.Leaf(leaf.Key, [.. leaf]))];
        }

        return leaves;
    }

    private static FrozenDictionary<string, int[]> Postings(ProgramFeatures[] features)
    {
        Dictionary<string, List<int>> postings = new(StringComparer.Ordinal);
        for (var row = 0; row < features.Length; row++)
        {
            foreach (var keyword in features[row].Keywords)
            {
                ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(postings, keyword, out _);
                (rows ??= []).Add(row);
            }
        }

        return postings.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    // Without a shared keyword, industry points and gate depend only on the organization's sector.
    private static ImmutableArray<ProgramIndex.Reach>[] Reaches(SectorProfile[] sectors, Taxonomy taxonomy) =>
    [
        .. Taxonomy.AllSectors.Select(OrganizationFeatures.OfSector).Select(organization => sectors.Index()
            .Select(pair => (pair.Index, Verdict: MatchScoring.Industry(organization, pair.Item, SharedKeywords.None, taxonomy)))
            .Where(pair => pair.Verdict.Hidden == HiddenReasons.None)
            .OrderByDescending(pair => pair.Verdict.Points).ThenBy(pair => pair.Index)
            .Select(pair => new ProgramIndex.Reach(pair.Index, pair.Verdict.Points))
            .ToImmutableArray()),
    ];

    private static FrozenDictionary<int, int[]> Twins(ProgramFeatures[] features)
    {
        var groups = Enumerable.Range(0, features.Length)
            .Where(row => features[row].ProgramKey is not null)
            .GroupBy(row => features[row].ProgramKey)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.OrderBy(row => features[row].Preference).ToArray());
        return groups.SelectMany(group => group.Select(row => KeyValuePair.Create(row, group))).ToFrozenDictionary();
    }
}
