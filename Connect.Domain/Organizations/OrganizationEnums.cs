using System.Text.Json.Serialization;

namespace Connect.Domain.Organizations;

/// <summary>Type of an organization; programs may be restricted to one.</summary>
public enum OrganizationType
{
    Company,
    ResearchInstitute,
}

/// <summary>State of an organization.</summary>
public enum OrganizationStatus
{
    Active,
    Deactivated,
}

/// <summary>What a member may do; each role may also do what those before it may.</summary>
public enum OrganizationRole
{
    /// <summary>Reads the profile, rankings and stored matches.</summary>
    Reader,

    /// <summary>Changes the profile and marks matches.</summary>
    Editor,

    /// <summary>Manages members, invitations and keys, and may delete the organization.</summary>
    Owner,
}

/// <summary>Legal form of a company.</summary>
public enum BusinessStructure
{
    Corporation,
    SoleProprietor,
}

/// <summary>Number of employees, in the bands that programs use.</summary>
public enum EmployeeCount
{
    [JsonStringEnumMemberName("UNDER_10")]
    Under10,

    [JsonStringEnumMemberName("FROM_10_TO_50")]
    From10To50,

    [JsonStringEnumMemberName("FROM_50_TO_100")]
    From50To100,

    [JsonStringEnumMemberName("FROM_100_TO_300")]
    From100To300,

    [JsonStringEnumMemberName("OVER_300")]
    Over300,
}

/// <summary>Yearly revenue in KRW, in bands (B is 10⁹).</summary>
public enum RevenueRange
{
    None,

    [JsonStringEnumMemberName("UNDER_1B")]
    Under1B,

    [JsonStringEnumMemberName("FROM_1B_TO_10B")]
    From1BTo10B,

    [JsonStringEnumMemberName("FROM_10B_TO_50B")]
    From10BTo50B,

    [JsonStringEnumMemberName("FROM_50B_TO_100B")]
    From50BTo100B,

    [JsonStringEnumMemberName("OVER_100B")]
    Over100B,
}

/// <summary>Kind of a research institute.</summary>
public enum InstituteType
{
    GovernmentFunded,
    PrivateResearch,
    UniversityAttached,
}

/// <summary>Size of a company, the smallest first. A start-up is under seven years old.</summary>
public enum CompanyScale
{
    Startup,
    Sme,
    MidSized,
    LargeEnterprise,
}
