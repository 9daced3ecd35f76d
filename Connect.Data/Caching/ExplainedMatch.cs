using System.ComponentModel;
using Connect.Caching.Layers;
using Connect.Domain.Matching;
using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Caching;

/// <summary>A match with a model's text, as it is cached. Texts that rules wrote are not cached.</summary>
/// <param name="MatchId">The match.</param>
/// <param name="Language">The text's language.</param>
/// <param name="Breakdown">The points that the text mentions.</param>
/// <param name="Text">Plain text in paragraphs.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="InputHash">SHA-256 of the prompt and its versions; equal hashes, equal texts.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="ValidUntil">The program's deadline.</param>
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
    /// Version of the prompt's templates and of <c>AnswerCheck</c>. Changing either requires another version; then
    /// every text is written again.
    /// </summary>
    public const string PromptVersion = "2";
}
