using System.ComponentModel.DataAnnotations;
using Connect.Domain.Organizations;

namespace Connect.Api.Organizations;

/// <summary>An organization's profile, as members write it. A merge patch is applied to this shape.</summary>
public record OrganizationInput
{
    /// <summary>Company or research institute.</summary>
    [Required]
    [EnumDataType(typeof(OrganizationType))]
    public OrganizationType? Type { get; init; }

    /// <summary>Display name, at most 200 characters.</summary>
    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>Legal form of a company.</summary>
    public BusinessStructure? BusinessStructure { get; init; }

    /// <summary>Industry sector.</summary>
    public Sector? IndustrySector { get; init; }

    /// <summary>Band of employees.</summary>
    public EmployeeCount? EmployeeCount { get; init; }

    /// <summary>Band of yearly revenue.</summary>
    public RevenueRange? RevenueRange { get; init; }

    /// <summary>Size of a company, as programs define it.</summary>
    public CompanyScale? CompanyScale { get; init; }

    /// <summary>Day on which the business was founded; not in the future.</summary>
    public DateOnly? EstablishedOn { get; init; }

    /// <summary>Provinces in which it has a site.</summary>
    [MaxLength(17)]
    public IReadOnlyList<Region>? Regions { get; init; }

    /// <summary>Sectors of which it never wants programs; not its own.</summary>
    [MaxLength(11)]
    public IReadOnlyList<Sector>? ExcludedSectors { get; init; }

    /// <summary>Whether it has carried out R&amp;D projects.</summary>
    public bool? RdExperience { get; init; }

    /// <summary>Number of joint R&amp;D projects so far.</summary>
    [Range(0, 10_000)]
    public int? CollaborationCount { get; init; }

    /// <summary>Technology readiness level today, 1 to 9.</summary>
    [Range(1, 9)]
    public int? TechnologyReadinessLevel { get; init; }

    /// <summary>The level that it wants to research, 1 to 9.</summary>
    [Range(1, 9)]
    public int? TargetResearchTrl { get; init; }

    /// <summary>Kind of a research institute.</summary>
    public InstituteType? InstituteType { get; init; }

    /// <summary>Keywords, at most 30 of at most 100 characters.</summary>
    [MaxLength(30)]
    public IReadOnlyList<string>? ResearchFocusAreas { get; init; }

    /// <summary>Keywords, at most 30 of at most 100 characters.</summary>
    [MaxLength(30)]
    public IReadOnlyList<string>? KeyTechnologies { get; init; }

    /// <summary>Name of the contact person.</summary>
    [StringLength(100)]
    public string? PrimaryContactName { get; init; }

    /// <summary>E-mail address of the contact person.</summary>
    [EmailAddress]
    [StringLength(254)]
    public string? PrimaryContactEmail { get; init; }

    /// <summary>Telephone number of the contact person.</summary>
    [StringLength(40)]
    public string? PrimaryContactPhone { get; init; }

    /// <summary>Postal address.</summary>
    [StringLength(300)]
    public string? Address { get; init; }

    /// <summary>Absolute web address.</summary>
    [Url]
    [StringLength(300)]
    public string? Website { get; init; }

    /// <summary>At most 4,000 characters.</summary>
    [StringLength(4000)]
    public string? Description { get; init; }
}

/// <summary>A new organization.</summary>
public sealed record CreateOrganizationRequest : OrganizationInput
{
    /// <summary>Business number (사업자등록번호), 000-00-00000, with a valid check digit. Stored encrypted; never given back whole.</summary>
    [Required(AllowEmptyStrings = true)]
    [ValidBusinessNumber]
    public string? BusinessNumber { get; init; }
}

/// <summary>A change of an organization, as a merge patch: fields that are not there stay as they are.</summary>
public sealed record UpdateOrganizationRequest : OrganizationInput
{
    /// <summary>The right business number, 000-00-00000, with a valid check digit; it can't be removed.</summary>
    [ValidBusinessNumber]
    public string? BusinessNumber { get; init; }
}

/// <summary>An organization as its members see it.</summary>
/// <param name="Id">Version 7 UUID.</param>
/// <param name="BusinessNumber">Masked: 123-45-*****. Null after a restoration, until a member sets it again.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="ProfileCompleted">Whether matches can be generated.</param>
/// <param name="ProfileScore">Completeness, 0 to 100.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record OrganizationResponse(
    Guid Id, string? BusinessNumber, OrganizationInput Profile, bool ProfileCompleted, int ProfileScore,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
