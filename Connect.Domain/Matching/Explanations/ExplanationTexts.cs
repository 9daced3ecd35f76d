using System.Collections.Immutable;
using Connect.Domain.Organizations;

namespace Connect.Domain.Matching.Explanations;

/// <summary>Bands of scores with a summary each.</summary>
internal enum ScoreBand
{
    Low,
    Conditional,
    Good,
    Excellent,
}

/// <summary>Whether a code is positive or a warning. Stated for each code, not derived from its name.</summary>
internal enum ReasonTone
{
    Positive,
    Warning,
}

/// <summary>A code's tone and its sentence.</summary>
/// <param name="Tone">Where the sentence goes.</param>
/// <param name="DetailCount">How many details the sentence needs at least; a reason with fewer is left out.</param>
/// <param name="Sentence">The sentence, from the reason's details.</param>
internal sealed record ReasonText(ReasonTone Tone, int DetailCount, Func<ImmutableArray<string>, string> Sentence);

/// <summary>The texts of one language; a second language is a second instance of it.</summary>
/// <param name="Reasons">Sentences by code.</param>
/// <param name="Summary">One line for a score.</param>
/// <param name="Advice">The recommendation for a score.</param>
/// <param name="NoReasons">The sentence for a match without a positive reason.</param>
/// <param name="DeadlineDay">The sentence about an open deadline, from its day and the days left.</param>
/// <param name="Closed">The sentence about a deadline that has passed, from its day.</param>
/// <param name="DaysLeft">The advice for a deadline within a month.</param>
internal sealed record ExplanationTexts(
    IReadOnlyDictionary<string, ReasonText> Reasons,
    Func<ScoreBand, int, OrganizationType, string> Summary,
    Func<ScoreBand, string> Advice,
    string NoReasons,
    Func<DateOnly, int, string> DeadlineDay,
    Func<DateOnly, string> Closed,
    Func<int, string> DaysLeft);
