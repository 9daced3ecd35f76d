namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>What the base rules read of an organization; everything else in a profile was not scored.</summary>
internal sealed record BaseOrganization(
    BaseOrganizationType Type,
    string? Sector,
    int? Trl,
    bool RdExperience,
    bool Collaboration,
    IReadOnlyList<string> FocusAreas,
    IReadOnlyList<string> KeyTechnologies);
