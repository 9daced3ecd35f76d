using Connect.Domain.Matching;
using Connect.Domain.Organizations;
using static Connect.Domain.Tests.Matching.MatchingFixtures;

namespace Connect.Domain.Tests.Matching;

/// <summary>Programs that must never be ranked, even with full points for type, TRL, R&amp;D and deadline.</summary>
public sealed class MatchGateTests
{
    [Theory]
    [InlineData("선박평형수 처리 기술개발")]
    [InlineData("해양바이오 소재 기술개발")]
    [InlineData("함정 전투체계 국방기술 개발")]
    [InlineData("반려동물 질병 대응 기술개발")]
    [InlineData("백신 실용화 기술개발")]
    [InlineData("2026년도 중소기업 사업화 지원 공고")]
    [InlineData("")]
    public void Rank_leaves_out_a_program_when_it_has_only_points_that_all_get(string title)
    {
        var best = Organization(rnd: true, collaborations: 5, focus: ["기술", "데이터", "및", "플랫폼"]);

        Assert.Empty(Rank(best, ProgramOf(title, days: 3, min: 5, max: 7)));
    }

    [Fact]
    public void Rank_leaves_out_quantum_physics_when_a_cultural_body_asks() =>
        Assert.Empty(Rank(
            Organization(Sector.Culture, type: OrganizationType.ResearchInstitute, focus: ["양자"]), ProgramOf("양자컴퓨팅 기초연구", days: 3)));

    [Fact]
    public void Rank_leaves_out_everything_when_the_profile_is_empty() =>
        Assert.Empty(Rank(
            Organization(sector: null, trl: null, rnd: false), ProgramOf(days: 3), ProgramOf("중소기업 지원", id: 2), ProgramOf("백신 개발", id: 3)));

    [Fact]
    public void Rank_needs_a_shared_keyword_when_sectors_are_less_related()
    {
        var program = ProgramOf("AI 신약 개발", keywords: ["수요예측"]) with { Title = "신약 후보물질 발굴" };

        Assert.Empty(Rank(Organization(Sector.Manufacturing), program));
        Assert.Single(Rank(Organization(Sector.Manufacturing, focus: ["수요 예측"]), program));
    }

    [Fact]
    public void Rank_needs_the_least_related_sector_to_pass_when_a_program_has_two() =>
        Assert.Empty(Rank(Organization(), ProgramOf("동물감염병 대응")));

    [Fact]
    public void Rank_needs_an_own_keyword_when_the_program_has_no_sector()
    {
        var program = ProgramOf("수요예측 고도화 지원");

        Assert.Empty(Rank(Organization(focus: ["예측", "수요"]), program));
        Assert.Equal("수요예측", Assert.Single(Assert.Single(Rank(Organization(focus: ["수요예측"]), program)).Reasons[0].Details));
    }

    [Fact]
    public void Rank_needs_a_whole_keyword_when_the_organization_has_no_sector()
    {
        Assert.Empty(Rank(Organization(sector: null, focus: ["인공"]), ProgramOf()));
        Assert.Empty(Rank(Organization(sector: null, focus: ["인공지능 기반 작물 생육 예측"]), ProgramOf()));
        Assert.Single(Rank(Organization(sector: null, technologies: ["인공지능"]), ProgramOf()));
    }

    [Fact]
    public void Rank_ignores_stop_words_when_both_sides_hold_them() =>
        Assert.Empty(Rank(
            Organization(sector: null, focus: ["및", "기술개발", "연구개발사업", "신규과제", "2026년도", "과학기술정보통신부"]),
            ProgramOf("2026년도 과학기술정보통신부 기술개발 및 연구개발사업 신규과제", keywords: ["기술개발", "및"])));

    [Fact]
    public void Rank_ignores_the_ministry_when_it_would_be_a_keyword() =>
        Assert.Empty(Rank(Organization(sector: null, focus: ["정보통신"]), ProgramOf("개발사업 공고", ministry: "과학기술정보통신부")));

    [Fact]
    public void Rank_does_not_cross_sectors_when_only_the_ministry_names_one() =>
        Assert.Empty(Rank(Organization(), ProgramOf("2026년도 제1차 신규과제 공고", ministry: "농림축산식품부", days: 3)));

    [Fact]
    public void Rank_leaves_out_a_match_when_its_score_is_too_low()
    {
        var weak = Organization(Sector.Manufacturing, trl: null, rnd: false, focus: ["AI"]);

        // Related sector 5, keyword 5, TRL unknown 5, type 20, deadline 8: 43.
        Assert.Empty(Rank(weak, ProgramOf()));
        Assert.Equal(53, Assert.Single(Rank(weak with { RdExperience = true }, ProgramOf())).Score);
    }

    [Fact]
    public void Rank_keeps_a_program_when_its_deadline_is_this_very_moment()
    {
        var program = ProgramOf(days: 0);

        Assert.Equal(Now, program.Deadline);
        Assert.Single(Rank(Organization(), program));
        Assert.Empty(Rank(Organization(), program with { Deadline = Now.AddTicks(-1) }));
        Assert.Single(Rank(Organization(), program with { Deadline = null }));
    }

    [Fact]
    public void Rank_survives_when_lists_are_default()
    {
        var program = ProgramOf() with { Keywords = default, TargetTypes = default };
        var organization = Organization() with { ResearchFocusAreas = default, KeyTechnologies = default };

        Assert.Single(Rank(organization, program));
        Assert.Empty(new MatchEngine().Rank(organization, default, Now, 3));
        Assert.Empty(new MatchEngine().Rank(organization, [program], Now, 0));
    }
}
