using System.Collections.Immutable;
using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching;

/// <summary>What became of one call for one organization.</summary>
/// <param name="Call">The call.</param>
/// <param name="Points">Its points, also where it is hidden: they tell how near it came.</param>
/// <param name="Hidden">Everything that hides it.</param>
internal readonly record struct CallVerdict(ProgramFeatures Call, ScoreBreakdown Points, HiddenReasons Hidden);

/// <summary>
/// The rules applied to each call in turn, without any index: the reference that <see cref="IndexedRanking"/> is held to,
/// and what tells why calls are hidden.
/// </summary>
internal static class ReferenceScan
{
    /// <summary>The best calls: score descending, deadline ascending (none last), id ascending.</summary>
    public static ImmutableArray<RankedMatch> Rank(
        OrganizationFeatures organization, IEnumerable<ProgramFeatures> calls, DateTimeOffset now, int take, Taxonomy taxonomy) =>
    [
        .. Judge(organization, calls, now, taxonomy)
            .Where(verdict => verdict.Hidden == HiddenReasons.None)
            .OrderByDescending(verdict => verdict.Points.Total)
            .ThenBy(verdict => verdict.Call.Program.Deadline ?? DateTimeOffset.MaxValue)
            .ThenBy(verdict => verdict.Call.Program.Id)
            .Take(take)
            .Select(verdict => new RankedMatch(
                verdict.Call.Program, verdict.Points, MatchReasonWriter.Write(organization, verdict.Call, taxonomy))),
    ];

    /// <summary>Every call with what hides it, repeated ones included.</summary>
    public static List<CallVerdict> Judge(
        OrganizationFeatures organization, IEnumerable<ProgramFeatures> calls, DateTimeOffset now, Taxonomy taxonomy,
        Func<ActiveProgram, bool>? isActive = null)
    {
        var verdicts = calls
            .Select(call => JudgeAlone(organization, call, isActive?.Invoke(call.Program) ?? true, now, taxonomy))
            .ToList();
        var shown = Enumerable.Range(0, verdicts.Count).Where(place => verdicts[place].Hidden == HiddenReasons.None);
        foreach (var twins in shown
            .Where(place => verdicts[place].Call.CallKey is not null)
            .GroupBy(place => verdicts[place].Call.CallKey)
            .ToList())
        {
            var kept = twins.MinBy(place => verdicts[place].Call.Preference);
            foreach (var other in twins.Where(place => place != kept))
            {
                verdicts[other] = verdicts[other] with { Hidden = HiddenReasons.RepeatedCall };
            }
        }

        return verdicts;
    }

    private static CallVerdict JudgeAlone(
        OrganizationFeatures organization, ProgramFeatures call, bool isActive, DateTimeOffset now, Taxonomy taxonomy)
    {
        var shared = SharedKeywords.None;
        foreach (var keyword in organization.Keywords)
        {
            shared = call.HasKeyword(keyword.Canonical) ? shared.Plus(keyword) : shared;
        }

        var today = SeoulTime.DateOf(now);
        var program = call.Program;
        var (industry, hidden) = MatchScoring.Industry(organization, call.Sectors, shared, taxonomy);
        var points = new ScoreBreakdown(
            industry,
            MatchingAlgorithm.Trl(organization.Level, program.MinTrl, program.MaxTrl),
            MatchingAlgorithm.MaxType,
            organization.Rnd,
            MatchingAlgorithm.Deadline(program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null));
        hidden |= EligibilityGates.CheckStanding(program, isActive, now) | EligibilityGates.Check(organization, call.Signature, today);
        return new(call, points, points.Total < MatchingAlgorithm.MinimumScore ? hidden | HiddenReasons.ScoreTooLow : hidden);
    }
}
