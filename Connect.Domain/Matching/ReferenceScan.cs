using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>The result of one program for one organization.</summary>
/// <param name="Features">The program.</param>
/// <param name="Points">Its points, even if it is hidden.</param>
/// <param name="Hidden">All reasons that hide it.</param>
internal readonly record struct ProgramVerdict(ProgramFeatures Features, ScoreBreakdown Points, HiddenReasons Hidden);

/// <summary>
/// The rules applied to each program, without an index: the reference for tests of <see cref="IndexedRanking"/>, and
/// the source of hidden programs' reasons.
/// </summary>
internal static class ReferenceScan
{
    /// <summary>The best programs: score descending, deadline ascending (none last), id ascending.</summary>
    public static ImmutableArray<RankedMatch> Rank(
        OrganizationFeatures organization, IEnumerable<ProgramFeatures> programs, DateTimeOffset now, int take, Taxonomy taxonomy) =>
    [
        .. Judge(organization, programs, now, taxonomy)
            .Where(verdict => verdict.Hidden == HiddenReasons.None)
            .OrderByDescending(verdict => verdict.Points.Total)
            .ThenBy(verdict => verdict.Features.Program.Deadline ?? DateTimeOffset.MaxValue)
            .ThenBy(verdict => verdict.Features.Program.Id)
            .Take(take)
            .Select(verdict => new RankedMatch(
                verdict.Features.Program, verdict.Points, MatchReasonWriter.Write(organization, verdict.Features, taxonomy))),
    ];

    /// <summary>Every program with the reasons that hide it, repeated ones included.</summary>
    public static List<ProgramVerdict> Judge(
        OrganizationFeatures organization, IEnumerable<ProgramFeatures> programs, DateTimeOffset now, Taxonomy taxonomy,
        Func<ActiveProgram, bool>? isActive = null)
    {
        var verdicts = programs
            .Select(program => JudgeAlone(organization, program, isActive?.Invoke(program.Program) ?? true, now, taxonomy))
            .ToList();
        var shown = Enumerable.Range(0, verdicts.Count).Where(place => verdicts[place].Hidden == HiddenReasons.None);
        foreach (var twins in shown
            .Where(place => verdicts[place].Features.ProgramKey is not null)
            .GroupBy(place => verdicts[place].Features.ProgramKey)
            .ToList())
        {
            var kept = twins.MinBy(place => verdicts[place].Features.Preference);
            foreach (var other in twins.Where(place => place != kept))
            {
                verdicts[other] = verdicts[other] with { Hidden = HiddenReasons.RepeatedCall };
            }
        }

        return verdicts;
    }

    private static ProgramVerdict JudgeAlone(
        OrganizationFeatures organization, ProgramFeatures features, bool isActive, DateTimeOffset now, Taxonomy taxonomy)
    {
        var shared = SharedKeywords.None;
        foreach (var keyword in organization.Keywords)
        {
            shared = features.HasKeyword(keyword.Canonical) ? shared.Plus(keyword) : shared;
        }

        var today = SeoulTime.DateOf(now);
        var program = features.Program;
        var (industry, hidden) = MatchScoring.Industry(organization, features.Sectors, shared, taxonomy);
        var points = new ScoreBreakdown(
            industry,
            MatchingAlgorithm.Trl(organization.Level, program.MinTrl, program.MaxTrl),
            MatchingAlgorithm.MaxType,
            organization.Rnd,
            MatchingAlgorithm.Deadline(program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null));
        hidden |= EligibilityGates.CheckStanding(program, isActive, now) | EligibilityGates.Check(organization, features.Signature, today);
        return new(features, points, points.Total < MatchingAlgorithm.MinimumScore ? hidden | HiddenReasons.ScoreTooLow : hidden);
    }
}
