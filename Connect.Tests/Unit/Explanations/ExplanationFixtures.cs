using Connect.Data.Caching;
using Connect.Data.Explanations;
using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.Domain.Tests.Matching;

namespace Connect.Tests.Unit.Explanations;

/// <summary>Facts to say only what a test is about.</summary>
internal static class ExplanationFixtures
{
    /// <summary>A text in Korean that says nothing wrong about any match.</summary>
    public const string Korean =
        "귀사의 사업 분야와 공고의 지원 분야가 서로 잘 어울리며, 등록하신 핵심 기술도 공고의 내용과 관련이 있습니다. 신청 전에 공고 원문의 세부 자격 요건을 확인하시기 바랍니다.";

    /// <summary>A text in English that says nothing wrong about any match.</summary>
    public const string English =
        "The program fits your field and shares your key technologies. Check the detailed eligibility in the announcement before you apply.";

    /// <summary>TRL 5 in a range of 4 to 7, a budget of 150,000,000 KRW, a deadline on 24 April 2026 at 12:00 in Seoul, two joint projects.</summary>
    public static MatchFacts Facts(string title = "2026년도 인공지능 5G 기술개발사업 공고", long? budget = 150_000_000) => Facts(
        MatchingFixtures.Organization(Sector.Ict, trl: 5, collaborations: 2, technologies: ["인공지능"]),
        MatchingFixtures.ProgramOf(title, min: 4, max: 7, budget: budget));

    public static MatchFacts Facts(OrganizationProfile profile, ActiveProgram program)
    {
        var match = MatchingFixtures.Rank(profile, program).Single();
        return new MatchFacts(
            new MatchOwner(MatchId.For(profile.Id, program.Id), profile.Id, program.Id), profile, program, match.Breakdown, match.Reasons,
            IsConsistent: true, IsOpen: true);
    }
}
