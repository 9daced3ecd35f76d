using System.ComponentModel;
using Connect.Core.Caching;
using Connect.Core.Matching;
using Connect.Core.Matching.Explanations;

namespace Connect.Core.Explanations;

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
    DateTimeOffset? ValidUntil) : IExpiringValue;
