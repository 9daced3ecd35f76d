using System.Globalization;
using Connect.Core.Matching;
using Connect.Core.Matching.Explanations;
using Connect.Core.Organizations;
using Connect.Core.Programs;

namespace Connect.Api.Matches;

/// <summary>From a cached ranking to an answer: everything relative to now is made here.</summary>
internal static class MatchMapping
{
    private const string NothingFits = "조건에 맞는 공고가 아직 없습니다. 새 공고가 등록되면 다시 확인해 주세요.";

    /// <summary>The first <paramref name="limit"/> matches whose call is still open.</summary>
    public static MatchesResponse ToResponse(this MatchResults results, int limit, bool cached, DateTimeOffset now)
    {
        var today = SeoulTime.DateOf(now);
        var matches = results.Ranking
            .Where(match => match.Program.Deadline is not { } deadline || deadline >= now)
            .Take(limit)
            .Select(match => ToItem(match, results.OrganizationId, results.OrganizationType, today))
            .ToList();
        return new MatchesResponse(
            results.OrganizationId, matches, results.AlgorithmVersion, cached, results.ComputedAt.ToOffset(SeoulTime.Offset),
            matches.Count == 0 ? NothingFits : null);
    }

    private static MatchItem ToItem(RankedMatch match, Guid organizationId, OrganizationType type, DateOnly today)
    {
        var (program, breakdown) = (match.Program, match.Breakdown);
        return new MatchItem(
            MatchId.For(organizationId, program.Id),
            match.Score,
            new BreakdownItem(breakdown.Industry, breakdown.Trl, breakdown.Type, breakdown.Rnd, breakdown.Deadline),
            ExplanationBuilder.Build(match, type, today),
            new MatchedProgram(
                program.Id, program.Title, program.Agency, program.Category,
                program.BudgetAmount?.ToString(CultureInfo.InvariantCulture), program.Deadline?.ToOffset(SeoulTime.Offset),
                program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null, program.AnnouncementUrl));
    }
}
