using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Connect.Core.Classification;
using Connect.Core.Organizations;
using Connect.Core.Programs;

namespace Connect.Core.Matching;

/// <summary>
/// Ranks open calls for an organization. Pure: the same organization, calls and day give the same answer,
/// whatever the order of the calls. A list's index is kept as long as the list itself lives.
/// </summary>
public sealed class MatchEngine
{
    private readonly ConditionalWeakTable<ActiveProgram[], ProgramIndex> _indexes = [];
    private readonly Taxonomy _taxonomy;

    /// <summary>An engine over the taxonomy that Connect ships with.</summary>
    public MatchEngine()
        : this(Taxonomy.Default)
    {
    }

    internal MatchEngine(Taxonomy taxonomy) => _taxonomy = taxonomy;

    /// <summary>The best calls for an organization: score descending, deadline ascending (none last), id ascending.</summary>
    /// <param name="organization">Who is matched.</param>
    /// <param name="programs">Calls; those that are over are left out here.</param>
    /// <param name="now">The moment that decides what is open, and the Seoul day that deadlines are counted from.</param>
    /// <param name="take">At most so many.</param>
    public ImmutableArray<RankedMatch> Rank(
        OrganizationProfile organization, ImmutableArray<ActiveProgram> programs, DateTimeOffset now, int take)
    {
        ArgumentNullException.ThrowIfNull(organization);
        if (programs.IsDefaultOrEmpty || take <= 0)
        {
            return [];
        }

        var index = IndexOf(programs);
        var features = OrganizationFeatures.Of(organization, _taxonomy);
        var shared = ArrayPool<SharedKeywords>.Shared.Rent(programs.Length);
        try
        {
            CountShared(features, index, shared.AsSpan(0, programs.Length));
            var candidates = Candidates(features, index, shared, now);
            candidates.Sort();
            return [.. candidates.Take(take).Select(candidate => candidate.ToMatch(features, index, _taxonomy))];
        }
        finally
        {
            ArrayPool<SharedKeywords>.Shared.Return(shared);
        }
    }

    /// <summary>Works out a list's index ahead of the first request that needs it.</summary>
    public void Prepare(ImmutableArray<ActiveProgram> programs)
    {
        if (!programs.IsDefaultOrEmpty)
        {
            IndexOf(programs);
        }
    }

    private ProgramIndex IndexOf(ImmutableArray<ActiveProgram> programs) => _indexes.GetValue(
        ImmutableCollectionsMarshal.AsArray(programs)!,
        array => ProgramIndex.Build(ImmutableCollectionsMarshal.AsImmutableArray(array), _taxonomy));

    private static void CountShared(OrganizationFeatures organization, ProgramIndex index, Span<SharedKeywords> shared)
    {
        shared.Clear();
        foreach (var keyword in organization.Keywords)
        {
            foreach (var row in index.RowsOf(keyword.Canonical))
            {
                ref var counts = ref shared[row];
                counts = keyword.Whole
                    ? counts with { Whole = counts.Whole + 1, Technologies = counts.Technologies + (keyword.Technology ? 1 : 0) }
                    : counts with { Inner = counts.Inner + 1 };
            }
        }
    }

    private List<MatchCandidate> Candidates(
        OrganizationFeatures organization, ProgramIndex index, SharedKeywords[] shared, DateTimeOffset now)
    {
        List<MatchCandidate> candidates = [];
        var level = organization.Level;
        var rnd = organization.Rnd;
        var today = SeoulTime.DateOf(now);
        for (var row = 0; row < index.Features.Length; row++)
        {
            var call = index.Features[row];
            var program = call.Program;
            if (!ProgramIndex.IsOpen(program, now)
                || !ProgramIndex.Admits(program, organization.Profile.Type)
                || MatchScoring.Industry(organization, call, shared[row], _taxonomy) is not { } industry)
            {
                continue;
            }

            var trl = MatchingAlgorithm.Trl(level, program.MinTrl, program.MaxTrl);
            var nearness = MatchingAlgorithm.Deadline(program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null);
            var score = industry + trl + MatchingAlgorithm.MaxType + rnd + nearness;
            if (score >= MatchingAlgorithm.MinimumScore && !index.IsRepeated(row, organization.Profile.Type, now))
            {
                candidates.Add(new(row, score, program.Deadline?.UtcTicks ?? long.MaxValue, program.Id, industry, trl, rnd, nearness));
            }
        }

        return candidates;
    }
}
