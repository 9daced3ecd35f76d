using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Connect.Core.Classification;
using Connect.Core.Programs;

namespace Connect.Core.Matching;

/// <summary>Builds the index of a list of calls.</summary>
internal static class ProgramIndexBuilder
{
    public static ProgramIndex Build(ImmutableArray<ActiveProgram> programs, Taxonomy taxonomy)
    {
        var features = programs.Select(program => ProgramFeatures.Of(program, taxonomy)).ToArray();
        Array.Sort(features, static (left, right) => Compare(left.Program, right.Program));
        SectorProfile[] sectors = [.. features.Select(call => call.Sectors).Distinct()];
        CallSignature[] signatures = [.. features.Select(call => call.Signature).Distinct()];
        return new(
            features, sectors, signatures, Leaves(features, sectors, signatures), Postings(features), Reaches(sectors, taxonomy), Twins(features));
    }

    private static int Compare(ActiveProgram left, ActiveProgram right)
    {
        var byDeadline = (left.Deadline?.UtcTicks ?? long.MaxValue).CompareTo(right.Deadline?.UtcTicks ?? long.MaxValue);
        return byDeadline != 0 ? byDeadline : left.Id.CompareTo(right.Id);
    }

    private static ProgramIndex.Leaf[][] Leaves(ProgramFeatures[] features, SectorProfile[] sectors, CallSignature[] signatures)
    {
        var places = signatures.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var bySectors = features.Index()
            .GroupBy(pair => pair.Item.Sectors)
            .ToDictionary(
                group => group.Key,
                group => group
                    .GroupBy(pair => places[pair.Item.Signature], pair => pair.Index)
                    .Select(leaf => new ProgramIndex.Leaf(leaf.Key, [.. leaf]))
                    .ToArray());
        return [.. sectors.Select(profile => bySectors[profile])];
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

    // Without a keyword, industry points and gate depend on nothing of an organization but its sector.
    private static ImmutableArray<ProgramIndex.Reach>[] Reaches(SectorProfile[] sectors, Taxonomy taxonomy) =>
    [
        .. Taxonomy.AllSectors.Select(own => OrganizationFeatures.OfSector(own)).Select(organization => sectors.Index()
            .Select(pair => (pair.Index, Verdict: MatchScoring.Industry(organization, pair.Item, SharedKeywords.None, taxonomy)))
            .Where(pair => pair.Verdict.Hidden == HiddenReasons.None)
            .OrderByDescending(pair => pair.Verdict.Points).ThenBy(pair => pair.Index)
            .Select(pair => new ProgramIndex.Reach(pair.Index, pair.Verdict.Points))
            .ToImmutableArray()),
    ];

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
