using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Caching;

/// <summary>A match with the text that a model wrote, as it is cached: never one that the rules wrote.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="Language">The text's language.</param>
/// <param name="Breakdown">The points that the text speaks of.</param>
/// <param name="Text">Plain text in paragraphs.</param>
/// <param name="Model">Who wrote it.</param>
/// <param name="InputHash">What it is stored under: equal hashes, equal texts.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="ValidUntil">The call's deadline: nobody is advised to apply after it.</param>
[ImmutableObject(true)]
public sealed record ExplainedMatch(
    Guid MatchId,
    ExplanationLanguage Language,
    ScoreBreakdown Breakdown,
    string Text,
    string Model,
    string InputHash,
    DateTimeOffset WrittenAt,
    DateTimeOffset? ValidUntil) : IExpiringValue
{
    /// <summary>
    /// Counts the prompt's templates and the rules that answers are checked by. Change it with either, and every text is
    /// written anew.
    /// </summary>
    public const string PromptVersion = "2";
}
