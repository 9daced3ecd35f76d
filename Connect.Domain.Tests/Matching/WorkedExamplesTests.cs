using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

/// <summary>
/// The cases for which scores of the first platform are known. Its score is in the name of each case; the asserted one
/// is Connect's.
/// </summary>
public sealed class WorkedExamplesTests
{
    private static readonly OrganizationProfile IctCompany = Organization(Sector.Ict, trl: 6, rnd: true);

    public static TheoryData<string, OrganizationProfile, ActiveProgram, ScoreBreakdown?> Cases => new()
    {
        {
            "ICT voucher: was 81 (23/20/20/10/8); one sector word instead of substring pairs",
            IctCompany,
            ProgramOf("2026년 ICT 바우처 지원사업 공고", category: "ICT", min: 3, max: 7, days: 45),
            new(13, 20, 20, 10, 8)
        },
        {
            "ICT voucher with an own keyword",
            IctCompany with { ResearchFocusAreas = ["클라우드"] },
            ProgramOf("2026년 ICT 바우처 지원사업 공고", category: "ICT", keywords: ["클라우드", "SaaS"], min: 3, max: 7, days: 45),
            new(20, 20, 20, 10, 8)
        },
        {
            "digital transformation: was 75 (17/20/20/10/8)",
            IctCompany,
            ProgramOf("디지털 전환 기술개발 공고", category: "Digital Transformation", min: 4, max: 8, days: 60),
            new(14, 20, 20, 10, 8)
        },
        {
            "marine bio: was 73 (18/20/20/10/5), a false positive",
            IctCompany,
            ProgramOf("해양바이오 기술개발사업 공고", category: "Marine Bio", min: 3, max: 8, days: 70),
            null
        },
        {
            "SME commercialization: was 67 (5/20/20/10/12)",
            IctCompany,
            ProgramOf("중소기업 기술사업화 지원 공고", category: "SME Support", min: 5, max: 8, days: 30),
            null
        },
        {
            "nothing in common: was 60 (0/15/20/10/15)",
            IctCompany,
            ProgramOf("문화유산 보존 공고", days: 5),
            null
        },
        {
            "institute without sector and TRL: was 45 (7/5/20/5/8), and is",
            Organization(
                sector: null, trl: null, rnd: false, collaborations: 1,
                type: OrganizationType.ResearchInstitute, technologies: ["디지털 전환"]),
            ProgramOf("디지털 전환 기술개발 공고", category: "Digital Transformation", min: 4, max: 8, days: 60),
            new(7, 5, 20, 5, 8)
        },
        {
            "manufacturing: was 63 (5/20/20/10/8), its sector not recognized",
            Organization(Sector.Manufacturing, trl: 6),
            ProgramOf("제조 기술개발 공고", category: "MANUFACTURING", min: 4, max: 7, days: 45),
            new(14, 20, 20, 10, 8)
        },
        {
            "empty profile: was 30 to 37 for anything open",
            Organization(sector: null, trl: null, rnd: false),
            ProgramOf(days: 5),
            null
        },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Rank_gives_the_worked_number_when_the_case_is_rebuilt(
        string name, OrganizationProfile organization, ActiveProgram program, ScoreBreakdown? expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, Rank(organization, program).SingleOrDefault()?.Breakdown);
    }
}
