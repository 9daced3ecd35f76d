using Connect.Domain.Organizations;

namespace Connect.Api.Organizations;

/// <summary>Maps contracts to entities and back.</summary>
internal static class OrganizationMapping
{
    /// <summary>Writes the profile into the entity, and the columns that are derived from it.</summary>
    public static void Apply(this OrganizationInput input, Organization organization)
    {
        organization.Type = input.Type!.Value;
        organization.Name = input.Name!;
        organization.BusinessStructure = input.BusinessStructure;
        organization.IndustrySector = input.IndustrySector;
        organization.EmployeeCount = input.EmployeeCount;
        organization.RevenueRange = input.RevenueRange;
        organization.CompanyScale = input.CompanyScale;
        organization.EstablishedOn = input.EstablishedOn;
        organization.Regions = [.. (input.Regions ?? []).Distinct().Order()];
        organization.ExcludedSectors = [.. (input.ExcludedSectors ?? []).Distinct().Order()];
        organization.RdExperience = input.RdExperience ?? false;
        organization.CollaborationCount = input.CollaborationCount ?? 0;
        organization.TechnologyReadinessLevel = input.TechnologyReadinessLevel;
        organization.TargetResearchTrl = input.TargetResearchTrl;
        organization.InstituteType = input.InstituteType;
        organization.ResearchFocusAreas = [.. input.ResearchFocusAreas ?? []];
        organization.KeyTechnologies = [.. input.KeyTechnologies ?? []];
        organization.PrimaryContactName = input.PrimaryContactName;
        organization.PrimaryContactEmail = input.PrimaryContactEmail;
        organization.PrimaryContactPhone = input.PrimaryContactPhone;
        organization.Address = input.Address;
        organization.Website = input.Website;
        organization.Description = input.Description;
        organization.ProfileCompleted = ProfileCompleteness.IsComplete(organization);
        organization.ProfileScore = ProfileCompleteness.Score(organization);
    }

    public static OrganizationInput ToInput(this Organization organization) => new()
    {
        Type = organization.Type,
        Name = organization.Name,
        BusinessStructure = organization.BusinessStructure,
        IndustrySector = organization.IndustrySector,
        EmployeeCount = organization.EmployeeCount,
        RevenueRange = organization.RevenueRange,
        CompanyScale = organization.CompanyScale,
        EstablishedOn = organization.EstablishedOn,
        Regions = organization.Regions,
        ExcludedSectors = organization.ExcludedSectors,
        RdExperience = organization.RdExperience,
        CollaborationCount = organization.CollaborationCount,
        TechnologyReadinessLevel = organization.TechnologyReadinessLevel,
        TargetResearchTrl = organization.TargetResearchTrl,
        InstituteType = organization.InstituteType,
        ResearchFocusAreas = organization.ResearchFocusAreas,
        KeyTechnologies = organization.KeyTechnologies,
        PrimaryContactName = organization.PrimaryContactName,
        PrimaryContactEmail = organization.PrimaryContactEmail,
        PrimaryContactPhone = organization.PrimaryContactPhone,
        Address = organization.Address,
        Website = organization.Website,
        Description = organization.Description,
    };

    public static OrganizationResponse ToResponse(this Organization organization, BusinessNumbers numbers) => new(
        organization.Id, numbers.Mask(organization.BusinessNumberEncrypted), organization.ToInput(), organization.ProfileCompleted,
        organization.ProfileScore, organization.CreatedAt, organization.UpdatedAt);
}
