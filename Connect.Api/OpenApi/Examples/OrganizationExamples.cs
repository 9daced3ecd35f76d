using System.Text.Json.Nodes;
using Connect.Api.OrganizationAdministration;
using Connect.Api.Organizations;
using Connect.Domain.Organizations;

namespace Connect.Api.OpenApi.Examples;

internal static class OrganizationExamples
{
    public static readonly Guid Id = ContractExamples.Id(1);

    private static readonly CreateOrganizationRequest Request = new()
    {
        Type = OrganizationType.Company,
        Name = "한빛소프트랩",
        BusinessNumber = "123-45-67891",
        BusinessStructure = BusinessStructure.Corporation,
        IndustrySector = Sector.Ict,
        EmployeeCount = EmployeeCount.From10To50,
        RevenueRange = RevenueRange.From1BTo10B,
        CompanyScale = CompanyScale.Sme,
        EstablishedOn = new DateOnly(2019, 4, 15),
        Regions = [Region.Seoul, Region.Daejeon],
        ExcludedSectors = [Sector.Defense],
        RdExperience = true,
        CollaborationCount = 2,
        TechnologyReadinessLevel = 5,
        TargetResearchTrl = 7,
        ResearchFocusAreas = ["자연어처리"],
        KeyTechnologies = ["인공지능", "빅데이터"],
        PrimaryContactName = "김민준",
        PrimaryContactEmail = "minjun.kim@example.com",
        PrimaryContactPhone = "02-000-0000",
        Address = "서울특별시 강남구",
        Website = "https://hanbit.example.com",
        Description = "상담 기록을 요약하는 언어 모델을 개발합니다.",
    };

    public static readonly object[] All =
    [
        Request,
        new OrganizationResponse(
            Id, "123-45-*****", ProfileOf(Request), ProfileCompleted: true, ProfileScore: 95, ContractExamples.At(11, 2),
            ContractExamples.At(11, 23)),
        new Page<AdministeredOrganization>(
            [
                new AdministeredOrganization(
                    Id, OrganizationType.Company, OrganizationStatus.Deactivated, ContractExamples.At(11, 2), ContractExamples.At(11, 23),
                    ContractExamples.At(11, 23), ContractExamples.At(12, 23)),
            ],
            NextCursor: null),
        new RestoreRequest { OwnerEmail = "minjun.kim@example.com" },
        new RestoredOrganization(
            new(Id, OrganizationType.Company, OrganizationStatus.Active, ContractExamples.At(11, 2), ContractExamples.At(11, 24), DeactivatedAt: null, RestorableUntil: null),
            ContractExamples.Id(9), ContractExamples.At(12, 1)),
    ];

    public static readonly IReadOnlyDictionary<Type, JsonObject> Parts = new Dictionary<Type, JsonObject>
    {
        [typeof(UpdateOrganizationRequest)] = new()
        {
            ["technologyReadinessLevel"] = 6,
            ["keyTechnologies"] = new JsonArray("인공지능", "빅데이터", "음성인식"),
            ["website"] = null,
        },
    };

    // An answer contains the request's profile without the business number.
    private static OrganizationInput ProfileOf(OrganizationInput said) => new()
    {
        Type = said.Type,
        Name = said.Name,
        BusinessStructure = said.BusinessStructure,
        IndustrySector = said.IndustrySector,
        EmployeeCount = said.EmployeeCount,
        RevenueRange = said.RevenueRange,
        CompanyScale = said.CompanyScale,
        EstablishedOn = said.EstablishedOn,
        Regions = said.Regions,
        ExcludedSectors = said.ExcludedSectors,
        RdExperience = said.RdExperience,
        CollaborationCount = said.CollaborationCount,
        TechnologyReadinessLevel = said.TechnologyReadinessLevel,
        TargetResearchTrl = said.TargetResearchTrl,
        InstituteType = said.InstituteType,
        ResearchFocusAreas = said.ResearchFocusAreas,
        KeyTechnologies = said.KeyTechnologies,
        PrimaryContactName = said.PrimaryContactName,
        PrimaryContactEmail = said.PrimaryContactEmail,
        PrimaryContactPhone = said.PrimaryContactPhone,
        Address = said.Address,
        Website = said.Website,
        Description = said.Description,
    };
}
