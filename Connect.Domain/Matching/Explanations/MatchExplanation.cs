using System.Collections.Immutable;
using System.ComponentModel;

namespace Connect.Domain.Matching.Explanations;

/// <summary>A match in words. Made when it is read, so that what it says of time is true.</summary>
/// <param name="Summary">One line.</param>
/// <param name="Reasons">What speaks for the program.</param>
/// <param name="Warnings">What to look at before applying.</param>
/// <param name="Recommendations">What to do next.</param>
[ImmutableObject(true)]
public sealed record MatchExplanation(
    string Summary,
    ImmutableArray<string> Reasons,
    ImmutableArray<string> Warnings,
    ImmutableArray<string> Recommendations);
