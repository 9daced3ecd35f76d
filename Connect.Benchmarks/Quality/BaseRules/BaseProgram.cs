namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The facts of a program that the base rules score. There is no status, because all are active.</summary>
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
