namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>A program at its place in a base ranking, with the parts of its score.</summary>
internal sealed record BaseMatch(BaseProgram Program, BaseBreakdown Breakdown);
