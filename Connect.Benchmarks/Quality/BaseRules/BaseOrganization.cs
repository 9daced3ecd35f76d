namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The facts of an organization that the base rules score.</summary>
internal sealed record BaseOrganization(
    BaseOrganizationType Type,
    string? Sector,
    int? Trl,
    bool RdExperience,
    bool Collaboration,
    IReadOnlyList<string> FocusAreas,
    IReadOnlyList<string> KeyTechnologies);
