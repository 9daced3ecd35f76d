using System.Collections.Immutable;
using System.ComponentModel;

namespace Connect.Domain.Matching.Explanations;

/// <summary>A match in words. Made for each answer, because it counts days.</summary>
/// <param name="Summary">One line.</param>
/// <param name="Reasons">Positive reasons.</param>
/// <param name="Warnings">Points to check before applying.</param>
/// <param name="Recommendations">Next steps.</param>
[ImmutableObject(true)]
public sealed record MatchExplanation(
    string Summary,
    ImmutableArray<string> Reasons,
    ImmutableArray<string> Warnings,
    ImmutableArray<string> Recommendations);
