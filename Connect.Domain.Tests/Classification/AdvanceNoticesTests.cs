using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Classification;

public sealed class AdvanceNoticesTests
{
    [Theory]
    [InlineData("2026년도 양자기술 개발사업 신규과제 모집 사전공고", "2026년도 양자기술 개발사업 신규과제 모집 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 모집 사전 공고 안내", "2026년도 양자기술 개발사업 신규과제 모집 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 제안요구서(안) 사전공고 안내", "2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제제안요구서（안） 사전공시", "2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 RFP(안) 공고", "2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 ＲＦＰ（안） 공개", "2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 rfp [초안]", "2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 과제제안요구서(RFP)(안) 공시", "2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규지원 대상과제 인터넷 공시", "2026년도 양자기술 개발사업 신규지원 대상과제 공고")]
    [InlineData("[사전공고] 2026년도 양자기술 개발사업 신규과제 공모", "2026년도 양자기술 개발사업 신규과제 공모")]
    [InlineData("【사전 공고】2026년도 양자기술 개발사업 시행계획 공고", "2026년도 양자기술 개발사업 시행계획 공고")]
    [InlineData("2026년도 양자기술 개발사업 공고（접수예정）", "2026년도 양자기술 개발사업 공고")]
    [InlineData("2026년도 양자기술 개발사업 공고 (예정)", "2026년도 양자기술 개발사업 공고")]
    [InlineData("(예고) 2026년도 양자기술 개발사업 신규과제 선정계획", "2026년도 양자기술 개발사업 신규과제 선정계획")]
    [InlineData("2026년도 양자기술 개발사업 예고", "2026년도 양자기술 개발사업 공고")]
    [InlineData("2026년도 양자기술 개발사업 공고 예고", "2026년도 양자기술 개발사업 공고")]
    [InlineData("2026년도 양자기술 개발사업 사전예고", "2026년도 양자기술 개발사업 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 공모 예고", "2026년도 양자기술 개발사업 신규과제 공모")]
    [InlineData("2026년도 양자기술 개발사업 신규 지원 예고", "2026년도 양자기술 개발사업 신규 지원 공고")]
    [InlineData("2026년도 양자기술 개발사업 공고예정 안내", "2026년도 양자기술 개발사업 공고")]
    [InlineData("2026년도 양자기술 개발사업 접수예정", "2026년도 양자기술 개발사업 공고")]
    [InlineData("2026년도 양자기술 개발사업 시행계획(안) 사전공고", "2026년도 양자기술 개발사업 시행계획 공고")]
    [InlineData("2026년도 양자기술 개발사업 사전공고(2차)", "2026년도 양자기술 개발사업 공고(2차)")]
    public void Advance_notice_has_the_title_of_its_call(string title, string call) =>
        Assert.Equal(Letters(call), Letters(AdvanceNotices.CallTitleOf(title)));

    [Theory]
    [InlineData("2026년도 양자기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 공모 (재공고)")]
    [InlineData("2026년도 사전 예방 의료기술 개발사업 신규과제 공고")]
    [InlineData("2026년도 양자기술 개발사업 제안요구서 공고")]
    [InlineData("2026년도 예고 없는 재난 대응 기술개발사업 신규과제 공고")]
    [InlineData("2026년도 공고예정 사업 목록")]
    [InlineData("2026년도 접수예정일 안내")]
    [InlineData("관측망 유지보수 용역 사전규격 공개")]
    [InlineData("관측망 유지보수 용역 입찰 사전공고")]
    [InlineData("정보시스템 구축 제안요청서(안) 사전공개")]
    [InlineData("산업기술혁신촉진법 시행령 개정안 입법예고")]
    [InlineData("연구개발비 사용 기준 행정예고")]
    [InlineData("2027년도 신규사업 기술수요조사 사전공고")]
    [InlineData("2026년도 반도체 전문교육 교육생 모집 예고")]
    [InlineData("2026년도 연구인력 양성사업 사전공고")]
    [InlineData("2026년도 수출 컨설팅 지원사업 모집 예고")]
    [InlineData("2026년도 양자기술 개발사업 사전공고 결과 안내")]
    [InlineData("2026년도 양자기술 개발사업 정책지정 과제 사전공고")]
    [InlineData("2026년도 양자기술 개발사업 설명회 개최 예고")]
    [InlineData("사전공고")]
    [InlineData("")]
    [InlineData(null)]
    public void Title_is_none_of_an_advance_notice(string? title) => Assert.Null(AdvanceNotices.CallTitleOf(title));

    [Theory]
    [InlineData("2026년도 양자기술 개발사업 신규과제 사전공고", "사전공고")]
    [InlineData("2026년도 양자기술 개발사업 모집 예고", "모집 예고")]
    [InlineData("2026년도 양자기술 개발사업 신규과제 RFP(안) 공고", "RFP(안)")]
    public void Advance_notice_is_a_notice_with_the_words_that_tell_it(string title, string words)
    {
        var found = ProgramClassifier.Classify(new AnnouncementText(title));

        Assert.Equal((ProgramKind.Notice, true), (found.Kind, found.IsAdvanceNotice));
        var evidence = Assert.Single(found.Evidence, evidence => evidence.What == "kind");
        Assert.Equal(("NOTICE", words, EvidenceSource.Title), (evidence.Value, Assert.Single(evidence.Words), evidence.Source));
    }

    [Theory]
    [InlineData("2026년도 양자기술 개발사업 실증 신규과제 모집 사전공고", "2026년도 양자기술 개발사업 실증 신규과제 모집 공고")]
    [InlineData("2026년도 기초연구사업 사전공고", "2026년도 기초연구사업 공고")]
    public void Advance_notice_is_classified_as_its_call_but_for_the_kind(string title, string call)
    {
        var (early, late) = (ProgramClassifier.Classify(new AnnouncementText(title)), ProgramClassifier.Classify(new AnnouncementText(call)));

        Assert.Equal((ProgramKind.Call, false), (late.Kind, late.IsAdvanceNotice));
        Assert.Equal(late.Trl, early.Trl);
        Assert.Equal(ProgramJson.Write(late.Traits), ProgramJson.Write(early.Traits));
    }

    [Theory]
    [InlineData(ProgramStatus.Active, ProgramStatus.Upcoming)]
    [InlineData(ProgramStatus.Upcoming, ProgramStatus.Upcoming)]
    [InlineData(ProgramStatus.Expired, ProgramStatus.Expired)]
    [InlineData(ProgramStatus.Archived, ProgramStatus.Archived)]
    public void Advance_notice_is_upcoming_unless_it_is_over(ProgramStatus before, ProgramStatus expected)
    {
        var program = ProgramOf("2026년도 양자기술 개발사업 신규과제 사전공고", before);

        program.Classify();

        Assert.Equal(expected, program.Status);
        Assert.Equal(expected == ProgramStatus.Upcoming, program.IsMatched);
    }

    [Fact]
    public void Program_that_is_no_advance_notice_is_not_upcoming()
    {
        var program = ProgramOf("2026년도 양자기술 개발사업 신규과제 공고", ProgramStatus.Upcoming);

        program.Classify();

        Assert.Equal((ProgramKind.Call, ProgramStatus.Active), (program.Kind, program.Status));
    }

    [Fact]
    public void Upcoming_program_without_dates_and_budget_is_no_umbrella()
    {
        Assert.False(ActiveProgram.Of(ProgramOf("사전공고", ProgramStatus.Upcoming)).IsUmbrella);
        Assert.True(ActiveProgram.Of(ProgramOf("통합 공고", ProgramStatus.Active)).IsUmbrella);
    }

    private static FundingProgram ProgramOf(string title, ProgramStatus status) => new()
    {
        Title = title,
        Status = status,
        AnnouncementUrl = "https://example.com/",
        IdentityKey = title,
        Fingerprint = title,
    };

    private static string? Letters(string? title) => title is null ? null : string.Concat(title.Where(char.IsLetterOrDigit));
}
