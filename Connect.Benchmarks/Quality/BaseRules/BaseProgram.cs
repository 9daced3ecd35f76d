namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>What the base rules read of a program. Its status is left out: only active programs are handed in.</summary>
internal sealed record BaseProgram(
    string Id,
    string Title,
    string? Category,
    IReadOnlyList<string> Keywords,
    string? Description,
    IReadOnlyList<BaseOrganizationType> TargetTypes,
    int? MinTrl,
    int? MaxTrl,
    DateTimeOffset? Deadline);
