using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>
/// Ranks open programs for an organization. Pure: the same organization, programs and day give the same answer,
/// in any order of the programs. A list's index is kept as long as the list is referenced.
/// </summary>
public sealed class MatchEngine
{
    private readonly ConditionalWeakTable<ActiveProgram[], Lazy<ProgramIndex>> _indexes = [];
    private readonly Taxonomy _taxonomy;

    /// <summary>An engine over the taxonomy that Connect ships with.</summary>
    public MatchEngine()
        : this(Taxonomy.Default)
    {
    }

    internal MatchEngine(Taxonomy taxonomy) => _taxonomy = taxonomy;

    /// <summary>The best programs for an organization: score descending, deadline ascending (none last), id ascending.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="programs">Programs; closed ones are skipped.</param>
    /// <param name="now">
    /// Programs with an earlier deadline are closed; days left are counted from its Seoul day.
    /// </param>
    /// <param name="take">Most results.</param>
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
        var top = IndexedRanking.Rank(features, index, now, take, _taxonomy);
        var matches = ImmutableArray.CreateBuilder<RankedMatch>(top.Items.Length);
        foreach (var candidate in top.Items)
        {
            matches.Add(candidate.ToMatch(features, index.Features[candidate.Row], _taxonomy));
        }

        return matches.MoveToImmutable();
    }

    /// <summary>
    /// The programs that an organization is not shown, with the reasons, the highest scores first. It scores all
    /// programs, so it is for use on demand, not for every request.
    /// </summary>
    /// <param name="organization">The organization.</param>
    /// <param name="open">The open programs, as for the ranking.</param>
    /// <param name="over">Closed programs; one that is among the open ones too counts as closed.</param>
    /// <param name="now">The moment, as for the ranking.</param>
    /// <param name="take">Most results.</param>
    public ImmutableArray<HiddenProgram> FindHidden(
        OrganizationProfile organization, ImmutableArray<ActiveProgram> open, ImmutableArray<ClosedProgram> over, DateTimeOffset now, int take)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var status = (over.IsDefault ? [] : over).ToDictionary(program => program.Program.Id, program => program.Status);
        var programs = (open.IsDefaultOrEmpty ? [] : IndexOf(open).Features.Where(program => !status.ContainsKey(program.Program.Id)))
            .Concat((over.IsDefault ? [] : over).Select(program => ProgramFeatures.Of(program.Program, _taxonomy)));
        return
        [
            .. ReferenceScan.Judge(
                    OrganizationFeatures.Of(organization, _taxonomy), programs, now, _taxonomy,
                    program => status.GetValueOrDefault(program.Id, ProgramStatus.Active) == ProgramStatus.Active)
                .Where(verdict => verdict.Hidden != HiddenReasons.None)
                .OrderByDescending(verdict => verdict.Points.Total)
                .ThenBy(verdict => verdict.Features.Program.Deadline ?? DateTimeOffset.MaxValue)
                .ThenBy(verdict => verdict.Features.Program.Id)
                .Take(take)
                .Select(verdict => new HiddenProgram(verdict.Features.Program, verdict.Points, verdict.Hidden)),
        ];
    }

    /// <summary>The open programs that are most like a program: score descending, deadline ascending (none last), id ascending.</summary>
    /// <param name="program">The program, of any status; it and its other postings and rounds are left out.</param>
    /// <param name="open">The open programs, as for the ranking.</param>
    /// <param name="now">Programs with an earlier deadline are left out.</param>
    /// <param name="take">Most results.</param>
    public ImmutableArray<SimilarProgram> FindSimilar(ActiveProgram program, ImmutableArray<ActiveProgram> open, DateTimeOffset now, int take)
    {
        ArgumentNullException.ThrowIfNull(program);
        return open.IsDefaultOrEmpty || take <= 0 ? [] : SimilarPrograms.Find(ProgramFeatures.Of(program, _taxonomy), IndexOf(open), now, take);
    }

    /// <summary>Builds a list's index before the first request needs it.</summary>
    public void Prepare(ImmutableArray<ActiveProgram> programs)
    {
        if (!programs.IsDefaultOrEmpty)
        {
            IndexOf(programs);
        }
    }

    // After an eviction, concurrent callers need the same index: one builds it, the others wait.
    private ProgramIndex IndexOf(ImmutableArray<ActiveProgram> programs) => _indexes.GetValue(
        ImmutableCollectionsMarshal.AsArray(programs)!,
        array => new(() => ProgramIndexBuilder.Build(ImmutableCollectionsMarshal.AsImmutableArray(array), _taxonomy))).Value;
}

/// <summary>A program that an organization is not shown.</summary>
/// <param name="Program">The program.</param>
/// <param name="Points">The points that it would have.</param>
/// <param name="Reasons">All reasons that hide it.</param>
public sealed record HiddenProgram(ActiveProgram Program, ScoreBreakdown Points, HiddenReasons Reasons);
