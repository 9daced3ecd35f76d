
namespace Connect.Domain.Organizations;

/// <summary>
/// A company or research institute and its profile, as stored. Its contact fields and business number are
/// personal or confidential data: they never enter a cache, a log, a metric or a trace.
/// </summary>
public sealed class Organization
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public OrganizationType Type { get; set; }

    public OrganizationStatus Status { get; set; } = OrganizationStatus.Active;

    public required string Name { get; set; }

    /// <summary>The business number, encrypted by Data Protection; null once it was erased by a deletion.</summary>
    public string? BusinessNumberEncrypted { get; set; }

    /// <summary>Keyed hash of the business number's digits: finds duplicates without decrypting. Null without a number.</summary>
    public string? BusinessNumberHash { get; set; }

    public BusinessStructure? BusinessStructure { get; set; }

    public Sector? IndustrySector { get; set; }

    public EmployeeCount? EmployeeCount { get; set; }

    public RevenueRange? RevenueRange { get; set; }

    public bool RdExperience { get; set; }

    /// <summary>Number of joint R&amp;D projects so far.</summary>
    public int CollaborationCount { get; set; }

    /// <summary>Technology readiness level today, 1 to 9.</summary>
    public int? TechnologyReadinessLevel { get; set; }

    /// <summary>The level that it wants to research, 1 to 9.</summary>
    public int? TargetResearchTrl { get; set; }

    public InstituteType? InstituteType { get; set; }

    /// <summary>Size of a company; null where it has not said.</summary>
    public CompanyScale? CompanyScale { get; set; }

    /// <summary>Day on which the business was founded; null where it has not said.</summary>
    public DateOnly? EstablishedOn { get; set; }

    /// <summary>Provinces in which it has a site; empty where it has not said.</summary>
    public List<Region> Regions { get; set; } = [];

    /// <summary>Sectors of which it never wants programs; never its own.</summary>
    public List<Sector> ExcludedSectors { get; set; } = [];

    public List<string> ResearchFocusAreas { get; set; } = [];

    public List<string> KeyTechnologies { get; set; } = [];

    public string? PrimaryContactName { get; set; }

    public string? PrimaryContactEmail { get; set; }

    public string? PrimaryContactPhone { get; set; }

    public string? Address { get; set; }

    public string? Website { get; set; }

    public string? Description { get; set; }

    /// <summary>Whether the profile is complete enough to be matched; see <see cref="ProfileCompleteness"/>.</summary>
    public bool ProfileCompleted { get; set; }

    /// <summary>How complete the profile is, 0 to 100.</summary>
    public int ProfileScore { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it was deleted; until its row is removed, what is not personal can be restored. Null while it is active.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Postgres' row version, for optimistic concurrency.</summary>
    public uint Version { get; set; }
}
