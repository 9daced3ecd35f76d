using System.Globalization;
using Connect.Data.Caching;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;
using Connect.Domain.Programs;

namespace Connect.Api.Matches;

/// <summary>Maps a cached ranking to an answer; adds the language and everything relative to now.</summary>
internal static class MatchMapping
{
    /// <summary>The first <paramref name="limit"/> matches whose program is still open.</summary>
    public static MatchesResponse ToResponse(
        this MatchResults results, int limit, bool cached, DateTimeOffset now, ExplanationLanguage language) =>
        results.ToResponse(DismissedPrograms.None, limit, cached, now, language);

    /// <summary>The first <paramref name="limit"/> matches whose program is still open and not dismissed.</summary>
    public static MatchesResponse ToResponse(
        this MatchResults results, DismissedPrograms dismissed, int limit, bool cached, DateTimeOffset now, ExplanationLanguage language)
    {
        var today = SeoulTime.DateOf(now);
        RankedMatch[] open = [.. results.OpenAt(now)];
        MatchItem[] matches =
        [
            .. open.Where(match => !dismissed.Contains(match.Program.Id)).Take(limit).Select(match => results.ToItem(match, today, language)),
        ];
        return results.ToResponse(matches, cached, matches.Length == 0 ? MessageOf(open.Length, language) : null);
    }

    /// <summary>The answer around matches.</summary>
    public static MatchesResponse ToResponse(this MatchResults results, IReadOnlyList<MatchItem> matches, bool cached, string? message) => new(
        results.OrganizationId, matches, results.AlgorithmVersion, cached, results.ComputedAt.ToOffset(SeoulTime.Offset), message);

    /// <summary>The matches whose program is still open.</summary>
    public static IEnumerable<RankedMatch> OpenAt(this MatchResults results, DateTimeOffset now) =>
        results.Ranking.Where(match => match.Program.Deadline is not { } deadline || deadline >= now);

    /// <summary>One match.</summary>
    public static MatchItem ToItem(this MatchResults results, RankedMatch match, DateOnly today, ExplanationLanguage language)
    {
        var breakdown = match.Breakdown;
        return new MatchItem(
            MatchId.For(results.OrganizationId, match.Program.Id),
            match.Score,
            new BreakdownItem(breakdown.Industry, breakdown.Trl, breakdown.Type, breakdown.Rnd, breakdown.Deadline),
            ExplanationBuilder.Build(match, results.OrganizationType, today, language),
            ToProgram(match.Program, today));
    }

    /// <summary>The message of an empty list.</summary>
    /// <param name="dismissed">How many programs would be in the list if they were not dismissed.</param>
    /// <param name="language">The message's language.</param>
    public static string MessageOf(int dismissed, ExplanationLanguage language) => (language, dismissed) switch
    {
        (ExplanationLanguage.En, 0) => "No program fits yet. Look again when new programs are announced.",
        (ExplanationLanguage.En, _) => "All programs that fit are dismissed. Look at the dismissed ones, or again when new programs are announced.",
        (_, 0) => "조건에 맞는 공고가 아직 없습니다. 새 공고가 등록되면 다시 확인해 주세요.",
        _ => "조건에 맞는 공고를 모두 제외하셨습니다. 제외한 공고를 다시 보시거나 새 공고가 등록되면 확인해 주세요.",
    };

    /// <summary>Programs that are not shown.</summary>
    public static IReadOnlyList<HiddenItem> ToItems(this IEnumerable<HiddenProgram> hidden, DateTimeOffset now, ExplanationLanguage language)
    {
        var today = SeoulTime.DateOf(now);
        return
        [
            .. hidden.Select(program => new HiddenItem(
                program.Points.Total, HiddenReasonCodes.Of(program.Reasons), HiddenTexts.Build(program, language), ToProgram(program.Program, today))),
        ];
    }

    private static MatchedProgram ToProgram(ActiveProgram program, DateOnly today) => new(
        program.Id, program.Title, program.Agency, program.Category, program.BudgetAmount?.ToString(CultureInfo.InvariantCulture),
        program.Deadline?.ToOffset(SeoulTime.Offset), program.Deadline is { } deadline ? SeoulTime.DaysLeft(today, deadline) : null,
        program.AnnouncementUrl);
}
