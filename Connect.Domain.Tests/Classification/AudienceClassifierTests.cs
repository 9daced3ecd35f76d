using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Classification;

public sealed class AudienceClassifierTests
{
    [Theory]
    [InlineData("2026년도 중소기업기술혁신개발사업 시행계획 공고", OrganizationType.Company)]
    [InlineData("2026년 창업성장기술개발사업 디딤돌 시행계획 공고", OrganizationType.Company)]
    [InlineData("2026년 팁스(TIPS) 지원계획 공고", OrganizationType.Company)]
    [InlineData("2026년도 투자연계형 기술개발 신규과제", OrganizationType.Company)]
    [InlineData("2026년 딥테크 챌린지 신규지원 공고", OrganizationType.Company)]
    [InlineData("2026년도 투·융자 연계 기술개발 지원계획", OrganizationType.Company)]
    [InlineData("2026년도 세계적 기업연구소 육성 신규과제", OrganizationType.Company)]
    [InlineData("2026년도 개인기초연구사업 신규과제 공모", OrganizationType.ResearchInstitute)]
    [InlineData("2026년도 공공기관 협력 방역연구 신규과제 공모", OrganizationType.ResearchInstitute)]
    [InlineData("2026년 한-스위스 국제공동연구실 신규과제 공모", OrganizationType.ResearchInstitute)]
    [InlineData("2026년도 의사과학자 연구 지원 신규과제", OrganizationType.ResearchInstitute)]
    [InlineData("2026년도 대학중점연구소 신규과제 공모", OrganizationType.ResearchInstitute)]
    public void Audience_follows_from_the_line_that_a_title_names(string title, OrganizationType expected) =>
        Assert.Equal([expected], AudienceClassifier.Find(title).Audience);

    [Theory]
    [InlineData("2026년도 인공지능 기술개발사업 신규지원 대상과제 공고")]
    [InlineData("2026년도 산학연 공동기술개발사업 시행계획 공고")]
    [InlineData("2026년도 중견기업-공공연구기관 기술혁신 신규지원 공고")]
    [InlineData("2026년 대학 기술이전 스타트업 신규과제")]
    [InlineData("2026년도 한-스위스 공동연구지원사업 신규과제 공모")]
    [InlineData("2026년 온디바이스AI 핵심기술 PoC 통합 공고")]
    [InlineData("2026년 수소 딥테크 발굴 기술개발 신규과제")]
    [InlineData("")]
    [InlineData(null)]
    public void Audience_is_everybody_when_a_title_names_none_or_both(string? title) =>
        Assert.Empty(AudienceClassifier.Find(title).Audience);

    [Fact]
    public void Stated_audience_wins_over_the_title()
    {
        var found = ProgramClassifier.Classify(new AnnouncementText("2026년도 중소기업기술혁신개발사업 시행계획 공고")
        {
            StatedAudience = [OrganizationType.ResearchInstitute],
        });

        Assert.Equal([OrganizationType.ResearchInstitute], found.Audience);
        Assert.Equal(EvidenceSource.Field, found.Evidence.Single(one => one.What == "audience").Source);
    }
}
