using Connect.Benchmarks.Quality.BaseRules;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;

namespace Connect.Benchmarks.Quality;

/// <summary>An organization that is matched by both sets of rules.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Profile">Its profile in Connect.</param>
/// <param name="Wanted">The sectors that a right match has: its own, or, where it has none, those of its keywords.</param>
internal sealed record QualityProfile(string Name, OrganizationProfile Profile, ImmutableArray<Sector> Wanted)
{
    private static readonly (Sector Sector, string[] Company, string[] Institute)[] Fields =
    [
        (Sector.Ict, ["인공지능", "클라우드", "빅데이터"], ["이동통신", "사이버보안", "소프트웨어"]),
        (Sector.Manufacturing, ["소재부품", "로봇", "스마트공장"], ["반도체", "나노소재", "디스플레이"]),
        (Sector.BioHealth, ["의료기기", "신약", "헬스케어"], ["줄기세포", "감염병", "임상"]),
        (Sector.Energy, ["수소", "이차전지", "에너지저장"], ["태양광", "전력망", "에너지효율"]),
        (Sector.Environment, ["탄소중립", "수처리", "자원순환"], ["기후변화", "미세먼지", "생물다양성"]),
        (Sector.Agriculture, ["스마트팜", "식품가공", "농기계"], ["작물", "육종", "가축질병"]),
        (Sector.Marine, ["선박", "양식", "해양플랜트"], ["해양생물", "연안", "수산자원"]),
        (Sector.Construction, ["스마트건설", "건축자재", "모듈러"], ["지반", "시설물", "건축"]),
        (Sector.Transportation, ["자율주행", "드론", "모빌리티"], ["철도", "항공", "교통"]),
        (Sector.Defense, ["무기체계", "방산", "감시정찰"], ["국방기술", "민군", "유도무기"]),
        (Sector.Culture, ["콘텐츠", "게임", "관광"], ["문화유산", "박물관", "저작권"]),
        (Sector.SpaceNuclearBasic, ["위성", "방사선", "발사체"], ["양자", "원자력", "기초연구"]),
    ];

    /// <summary>One company and one institute per sector, a company without a sector, and one in a region.</summary>
    public static ImmutableArray<QualityProfile> All { get; } =
    [
        .. Fields.SelectMany(field => new[]
        {
            Of(OrganizationType.Company, field.Sector, field.Company, trl: 6),
            Of(OrganizationType.ResearchInstitute, field.Sector, field.Institute, trl: 4),
        }),
        new("COMPANY without sector", Organization(OrganizationType.Company, null, ["인공지능", "로봇"], 6), [Sector.Ict, Sector.Manufacturing]),
        new(
            "COMPANY in Busan",
            Organization(OrganizationType.Company, Sector.Marine, ["조선", "항만"], 6) with { Regions = [Region.Busan], Scale = CompanyScale.Sme },
            [Sector.Marine]),
    ];

    /// <summary>Whether the organization has a sector; only then it counts in figures by sector.</summary>
    public bool HasSector => Profile.Sector is not null;

    /// <summary>The same organization for the first platform, with the sector's key of its form.</summary>
    public BaseOrganization ToBase() => new(
        Profile.Type == OrganizationType.Company ? BaseOrganizationType.Company : BaseOrganizationType.Institute,
        Profile.Sector is { } sector ? Taxonomy.Key(sector) : null, Profile.Trl, Profile.RdExperience, Profile.CollaborationCount > 0,
        Profile.ResearchFocusAreas, Profile.KeyTechnologies);

    private static QualityProfile Of(OrganizationType type, Sector sector, string[] keywords, int trl) =>
        new($"{(type == OrganizationType.Company ? "COMPANY" : "INSTITUTE")} {Taxonomy.Key(sector)}", Organization(type, sector, keywords, trl), [sector]);

    private static OrganizationProfile Organization(OrganizationType type, Sector? sector, string[] keywords, int trl) => new(
        Guid.CreateVersion7(), type, sector, trl, null, RdExperience: true, CollaborationCount: 0, [.. keywords[..^1]], [keywords[^1]],
        BusinessStructure.Corporation, null, null, [], [], ProfileCompleted: true);
}
