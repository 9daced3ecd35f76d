using System.Collections.Immutable;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Matching.Explanations;

/// <summary>
/// Explains a match from its codes and points alone, so that a match from the cache or the database reads the same as a
/// new one. Days are counted from the reader's day.
/// </summary>
public static class ExplanationBuilder
{
    private const int Month = 30;

    /// <summary>Explains a ranked match.</summary>
    public static MatchExplanation Build(
        RankedMatch match, OrganizationType type, DateOnly seoulToday, ExplanationLanguage language = ExplanationLanguage.Ko)
    {
        ArgumentNullException.ThrowIfNull(match);
        return Build(match.Breakdown, match.Reasons, match.Program.Deadline, type, seoulToday, language);
    }

    /// <summary>Explains a stored match by its points, its codes and the program's deadline.</summary>
    public static MatchExplanation Build(
        ScoreBreakdown breakdown,
        ImmutableArray<MatchReason> reasons,
        DateTimeOffset? deadline,
        OrganizationType type,
        DateOnly seoulToday,
        ExplanationLanguage language = ExplanationLanguage.Ko)
    {
        ArgumentNullException.ThrowIfNull(breakdown);
        var texts = language == ExplanationLanguage.En ? EnglishTexts.Instance : KoreanTexts.Instance;
        var positive = ImmutableArray.CreateBuilder<string>();
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var reason in Consistent(reasons.IsDefault ? [] : reasons))
        {
            if (texts.Reasons.TryGetValue(reason.Code, out var text) && reason.Details.Length >= text.DetailCount)
            {
                (text.Tone == ReasonTone.Positive ? positive : warnings).Add(text.Sentence(reason.Details));
            }
        }

        if (positive.Count == 0)
        {
            positive.Add(texts.NoReasons);
        }

        var band = BandOf(breakdown.Total);
        ImmutableArray<string> recommendations = [texts.Advice(band)];
        if (deadline is not { } end)
        {
            warnings.Add(texts.Reasons[MatchReasonCodes.DeadlineUnknown].Sentence([]));
        }
        else
        {
            var day = SeoulTime.DateOf(end);
            var left = SeoulTime.DaysLeft(seoulToday, end);
            if (left < 0)
            {
                warnings.Add(texts.Closed(day));
                recommendations = [];
            }
            else
            {
                positive.Add(texts.DeadlineDay(day, left));
                recommendations = left <= Month ? [.. recommendations, texts.DaysLeft(left)] : recommendations;
            }
        }

        return new(texts.Summary(band, breakdown.Total, type), positive.ToImmutable(), warnings.ToImmutable(), recommendations);
    }

    internal static ScoreBand BandOf(int score) => score switch
    {
        >= 80 => ScoreBand.Excellent,
        >= 60 => ScoreBand.Good,
        >= 40 => ScoreBand.Conditional,
        _ => ScoreBand.Low,
    };

    /// <summary>
    /// Drops reasons about the deadline, which has a sentence of its own with the days left, and the contradiction of
    /// an exact sector match beside another sector, which a stored row may have.
    /// </summary>
    private static IEnumerable<MatchReason> Consistent(ImmutableArray<MatchReason> reasons)
    {
        var exact = reasons.Any(reason => reason.Code is MatchReasonCodes.ExactKeywordMatch or MatchReasonCodes.SectorMatch);
        return reasons.Where(reason => reason.Code switch
        {
            MatchReasonCodes.DeadlineSet or MatchReasonCodes.DeadlineUnknown => false,
            MatchReasonCodes.CrossIndustryKeyword => !exact,
            _ => !reason.Details.IsDefault,
        });
    }
}
