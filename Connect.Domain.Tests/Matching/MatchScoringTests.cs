using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

public sealed class MatchScoringTests
{
    // The first platform gave 3, 6, 12, 20, 20, 20, 15, 10, 5 for any range of 4 to 6 and showed all of them.
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(4, 20)]
    [InlineData(5, 20)]
    [InlineData(6, 20)]
    [InlineData(7, null)]
    [InlineData(8, null)]
    [InlineData(9, null)]
    public void Trl_hides_what_is_outside_when_range_4_to_6_is_stated(int level, int? expected) =>
        Assert.Equal(expected, Rank(Organization(trl: level), ProgramOf(min: 4, max: 6)).SingleOrDefault()?.Breakdown.Trl);

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 6)]
    [InlineData(3, 12)]
    [InlineData(4, 20)]
    [InlineData(5, 20)]
    [InlineData(6, 20)]
    [InlineData(7, 15)]
    [InlineData(8, 10)]
    [InlineData(9, null)]
    public void Trl_falls_with_distance_when_range_4_to_6_is_inferred(int level, int? expected) =>
        Assert.Equal(
            expected, Rank(Organization(trl: level), ProgramOf("인공지능 응용연구 신규과제")).SingleOrDefault()?.Breakdown.Trl);

    [Theory]
    [InlineData(null, 4, 6, 5)]
    [InlineData(0, 4, 6, 5)]
    [InlineData(10, 4, 6, 5)]
    [InlineData(5, null, null, 15)]
    [InlineData(5, 5, null, 20)]
    [InlineData(4, 5, null, 12)]
    [InlineData(9, 5, null, 20)]
    [InlineData(1, null, 3, 20)]
    [InlineData(4, null, 3, 15)]
    [InlineData(1, 6, 9, 0)]
    [InlineData(9, 1, 5, 0)]
    [InlineData(5, 6, 4, 20)]
    public void Trl_follows_the_table_when_bounds_or_level_are_missing(int? level, int? min, int? max, int expected) =>
        Assert.Equal(expected, MatchingAlgorithm.Trl(level is >= 1 and <= 9 ? level : null, min, max));

    [Fact]
    public void Trl_uses_the_target_level_when_it_is_given() =>
        Assert.Equal(20, Rank(Organization(trl: 9, targetTrl: 4), ProgramOf(min: 3, max: 5))[0].Breakdown.Trl);

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 0, 10)]
    [InlineData(false, 2, 5)]
    [InlineData(true, 7, 15)]
    public void Rnd_adds_experience_and_collaboration(bool experience, int collaborations, int expected) =>
        Assert.Equal(expected, Rank(Organization(rnd: experience, collaborations: collaborations), ProgramOf())[0].Breakdown.Rnd);

    [Theory]
    [InlineData(0, 15)]
    [InlineData(7, 15)]
    [InlineData(8, 12)]
    [InlineData(30, 12)]
    [InlineData(31, 8)]
    [InlineData(60, 8)]
    [InlineData(61, 5)]
    [InlineData(null, 5)]
    public void Deadline_counts_seoul_days(int? days, int expected) =>
        Assert.Equal(expected, Rank(Organization(), ProgramOf(days: days))[0].Breakdown.Deadline);

    [Fact]
    public void Deadline_counts_calendar_days_when_hours_would_say_less()
    {
        // Thirty days and eleven hours are 30 calendar days from noon; a ceiling of the difference says 31.
        var program = ProgramOf() with { Deadline = Now.AddDays(30).AddHours(11) };

        Assert.Equal(12, Rank(Organization(), program)[0].Breakdown.Deadline);
    }

    [Fact]
    public void Type_admits_everybody_when_target_list_is_empty()
    {
        var match = Assert.Single(Rank(Organization(), ProgramOf(targets: [])));

        Assert.Equal(20, match.Breakdown.Type);
        Assert.Contains(MatchReasonCodes.TypeNoRestriction, match.Codes());
    }

    [Fact]
    public void Type_excludes_when_target_list_names_others() =>
        Assert.Empty(Rank(Organization(), ProgramOf(targets: [OrganizationType.ResearchInstitute])));

    [Theory]
    [InlineData(Sector.Ict, new string[0], 13)]
    [InlineData(Sector.Ict, new[] { "인공 지능" }, 18)]
    [InlineData(Sector.Ict, new[] { "ai" }, 18)]
    [InlineData(Sector.Ict, new[] { "AI", "인공지능" }, 18)]
    [InlineData(Sector.Ict, new[] { "AI", "수요예측" }, 20)]
    [InlineData(null, new[] { "AI" }, 5)]
    [InlineData(null, new[] { "AI", "수요예측" }, 7)]
    [InlineData(Sector.Manufacturing, new[] { "AI" }, 10)]
    [InlineData(Sector.BioHealth, new[] { "AI" }, 8)]
    public void Industry_adds_sector_and_keywords(Sector? sector, string[] focus, int expected)
    {
        var program = ProgramOf("인공지능 기반 수요예측 기술개발");

        Assert.Equal(expected, Assert.Single(Rank(Organization(sector, focus: focus), program)).Breakdown.Industry);
    }

    [Theory]
    [InlineData("그린수소 실증 신규과제", "수소", true)]
    [InlineData("협동로봇 신규과제", "로봇", true)]
    [InlineData("로봇 신규과제", "협동로봇", false)]
    [InlineData("수소연료전지 신규과제", "수소", true)]
    [InlineData("수산식품 신규과제", "식품", false)]
    [InlineData("한국로봇랜드재단 신규과제", "랜드", false)]
    public void Keyword_stands_in_a_compound_that_is_a_kind_of_it(string title, string keyword, bool expected) =>
        Assert.Equal(expected, Rank(Organization(sector: null, focus: [keyword]), ProgramOf(title)).Length == 1);

    [Fact]
    public void Industry_never_exceeds_its_maximum_when_everything_fits()
    {
        string[] words = ["인공지능", "클라우드", "빅데이터", "블록체인", "메타버스", "수요예측", "추천엔진"];
        var institute = Organization(type: OrganizationType.ResearchInstitute, technologies: words, collaborations: 3);

        var match = Assert.Single(Rank(institute, ProgramOf(category: "ICT", keywords: words, days: 3, min: 5, max: 7)));

        Assert.Equal(new ScoreBreakdown(30, 20, 20, 15, 15), match.Breakdown);
        Assert.Equal(100, match.Score);
    }

    [Fact]
    public void Industry_gives_less_when_the_sector_comes_from_the_ministry_only()
    {
        var match = Assert.Single(Rank(Organization(Sector.Marine), ProgramOf("2026년도 제1차 신규과제 공고", ministry: "해양수산부")));

        Assert.Equal(6, match.Breakdown.Industry);
        Assert.Contains(MatchReasonCodes.SectorByMinistry, match.Codes());
    }
}
