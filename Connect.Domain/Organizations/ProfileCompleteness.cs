namespace Connect.Domain.Organizations;

/// <summary>When a profile can be matched, and how complete it is.</summary>
public static class ProfileCompleteness
{
    private const int LongDescription = 20;

    /// <summary>
    /// Whether matching has something to compare: a sector, or at least one focus area or technology.
    /// Without any of them no program is relevant.
    /// </summary>
    public static bool IsComplete(Organization organization) =>
        organization.IndustrySector is not null
        || organization.ResearchFocusAreas.Count > 0
        || organization.KeyTechnologies.Count > 0;

    /// <summary>Completeness in points, 50 to 100.</summary>
    public static int Score(Organization organization)
    {
        var score = 50
            + (organization.Name.Length > 0 ? 10 : 0)
            + (organization.IndustrySector is not null ? 10 : 0)
            + (organization.EmployeeCount is not null ? 10 : 0)
            + (organization.RdExperience ? 10 : 0)
            + (organization.TechnologyReadinessLevel is not null ? 5 : 0)
            + (organization.Description?.Length > LongDescription ? 5 : 0);
        return Math.Min(score, 100);
    }
}
