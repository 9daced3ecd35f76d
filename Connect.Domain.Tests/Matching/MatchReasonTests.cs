using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

public sealed class MatchReasonTests
{
    [Fact]
    public void Reasons_name_what_gave_points_when_sector_and_keyword_fit()
    {
        var program = ProgramOf("AI 로봇 클라우드 기술개발", min: 5, max: 7, budget: null);

        var match = Assert.Single(Rank(Organization(focus: [" AI "], collaborations: 2), program));

        Assert.Equal(
            [
                MatchReasonCodes.ExactKeywordMatch, MatchReasonCodes.SectorMatch, MatchReasonCodes.SectorKeywordMatch,
                MatchReasonCodes.TrlPerfectMatch, MatchReasonCodes.TypeMatch, MatchReasonCodes.RndExperience,
                MatchReasonCodes.Collaboration, MatchReasonCodes.DeadlineSet, MatchReasonCodes.BudgetUnknown,
            ],
            match.Codes());
        Assert.Equal(["AI"], match.Reasons[0].Details);
        Assert.Equal(["클라우드"], match.Reasons[2].Details);
        Assert.Equal(["6", "5", "7"], match.Reasons[3].Details);
        Assert.Equal(["2026-04-24"], match.Reasons[7].Details);
    }

    [Theory]
    [InlineData(3, MatchReasonCodes.TrlTooLowClose)]
    [InlineData(2, MatchReasonCodes.TrlTooLowModerate)]
    [InlineData(5, MatchReasonCodes.TrlInferredMatch)]
    [InlineData(7, MatchReasonCodes.TrlTooHighClose)]
    [InlineData(8, MatchReasonCodes.TrlTooHighModerate)]
    [InlineData(null, MatchReasonCodes.TrlNotProvided)]
    public void Reasons_tell_the_distance_from_a_range_when_it_is_inferred(int? level, string expected) =>
        Assert.Contains(expected, Assert.Single(Rank(Organization(trl: level), ProgramOf("인공지능 응용연구 신규과제"))).Codes());

    [Fact]
    public void Reasons_name_a_perfect_match_only_when_the_range_is_stated()
    {
        Assert.Contains(MatchReasonCodes.TrlPerfectMatch, Assert.Single(Rank(Organization(trl: 5), ProgramOf(min: 4, max: 6))).Codes());
        Assert.DoesNotContain(
            MatchReasonCodes.TrlPerfectMatch, Assert.Single(Rank(Organization(trl: 5), ProgramOf("인공지능 응용연구 신규과제"))).Codes());
    }

    [Fact]
    public void Reasons_warn_of_what_could_not_be_checked_when_the_organization_has_not_said_it()
    {
        var program = ProgramOf("(부산) 인공지능 초기 창업기업 기술개발 신규과제", body: "신청자격: 창업 7년 이내 기업");

        var unknown = Assert.Single(Rank(Organization(), program));
        var known = Assert.Single(Rank(
            Organization() with { Regions = [Region.Busan], Scale = CompanyScale.Startup, EstablishedOn = new(2024, 1, 1) }, program));

        Assert.Subset(
            unknown.Codes().ToHashSet(),
            new HashSet<string> { MatchReasonCodes.RegionUnchecked, MatchReasonCodes.ScaleUnchecked, MatchReasonCodes.AgeUnchecked });
        Assert.Equal(["부산"], known.Reasons.Single(reason => reason.Code == MatchReasonCodes.RegionMatch).Details);
        Assert.DoesNotContain(known.Codes(), code => code.EndsWith("UNCHECKED", StringComparison.Ordinal));
    }

    [Fact]
    public void Reasons_say_unknown_when_deadline_and_range_are_missing()
    {
        var codes = Assert.Single(Rank(Organization(), ProgramOf(days: null))).Codes().ToArray();

        Assert.Contains(MatchReasonCodes.DeadlineUnknown, codes);
        Assert.Contains(MatchReasonCodes.TrlNoRequirement, codes);
        Assert.DoesNotContain(MatchReasonCodes.DeadlineSet, codes);
    }

    [Fact]
    public void Reasons_never_hold_exact_match_and_other_sector_when_sectors_differ()
    {
        var shared = Assert.Single(Rank(Organization(Sector.Manufacturing, focus: ["AI"]), ProgramOf()));

        Assert.Equal(MatchReasonCodes.CrossIndustryKeyword, shared.Reasons[0].Code);
        Assert.Equal(["ICT/정보통신", "AI"], shared.Reasons[0].Details);
        Assert.DoesNotContain(MatchReasonCodes.ExactKeywordMatch, shared.Codes());
    }

    [Fact]
    public void Reasons_name_technologies_when_an_institute_asks()
    {
        var company = Organization(technologies: ["AI"]);
        var institute = company with { Type = OrganizationType.ResearchInstitute };

        Assert.DoesNotContain(MatchReasonCodes.TechnologyKeywordMatch, Rank(company, ProgramOf())[0].Codes());
        Assert.Contains(MatchReasonCodes.TechnologyKeywordMatch, Rank(institute, ProgramOf())[0].Codes());
        Assert.Equal(2, Rank(institute, ProgramOf())[0].Breakdown.Industry - Rank(company, ProgramOf())[0].Breakdown.Industry);
    }

    [Fact]
    public void Reasons_do_not_change_when_only_the_day_changes()
    {
        var engine = new MatchEngine();
        var today = engine.Rank(Organization(), [ProgramOf()], Now, 1)[0];
        var later = engine.Rank(Organization(), [ProgramOf()], Now.AddDays(40), 1)[0];

        Assert.NotEqual(today.Score, later.Score);
        Assert.Equal(
            today.Reasons.Select(r => (r.Code, string.Join(',', r.Details))),
            later.Reasons.Select(r => (r.Code, string.Join(',', r.Details))));
    }
}
