using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Classification;

public sealed class KindClassifierTests
{
    [Theory]
    [InlineData("2026년도 해상풍력 핵심기술개발사업 신규지원 대상과제 공고", ProgramKind.Call)]
    [InlineData("2026년 한-체코 공동연구사업 신규과제 공모", ProgramKind.Call)]
    [InlineData("2026년도 국제 협력기반조성사업 신규과제 공모", ProgramKind.Call)]
    [InlineData("2026년도 미생물 소재 실용화 기술개발 지원사업 신규과제", ProgramKind.Call)]
    [InlineData("2026년도 도전형 R&BD 기술사업화 신규과제 공모", ProgramKind.Call)]
    [InlineData("2026년도 건설문화 기술개발 신규과제", ProgramKind.Call)]
    [InlineData("2026년도 도시상권 실증 신규과제", ProgramKind.Call)]
    [InlineData("2026년도 바다누리사업 공고", ProgramKind.Call)]
    [InlineData("「바다누리」 사업 제2차 재공고", ProgramKind.Call)]
    [InlineData("바다누리 챌린지", ProgramKind.Call)]
    [InlineData("2026년 epoch 표준 플랫폼 구축 공고", ProgramKind.Infrastructure)]
    [InlineData("2026년 standard 장비 구축 공고", ProgramKind.Infrastructure)]
    [InlineData("2026년 (R&D) 장비 구축 신규과제 공고", ProgramKind.Call)]
    [InlineData("2027년 신규사업 수요제안 접수", ProgramKind.Survey)]
    [InlineData("2027년도 과제 발굴 공모", ProgramKind.Survey)]
    [InlineData("연구윤리 세미나 개최 안내", ProgramKind.Notice)]
    [InlineData("2026년도 산림과학 진흥 시행계획 공고", ProgramKind.Notice)]
    [InlineData("제4차 수소경제 기본계획 공고", ProgramKind.Notice)]
    [InlineData("(긴급입찰공고) 관측망 유지보수", ProgramKind.Notice)]
    [InlineData("2026년도 평가위원 모집", ProgramKind.Notice)]
    [InlineData("2026년 저탄소 정책 개선방안 연구 공고", ProgramKind.PolicyStudy)]
    [InlineData("2026년도 수소 안전기준 연구용역 공고", ProgramKind.PolicyStudy)]
    [InlineData("2026년 바이오 석사과정 지원 공고", ProgramKind.Training)]
    [InlineData("2026년도 국외연수 지원 대상자 공고", ProgramKind.Training)]
    [InlineData("2026년 반도체 융합 인재 양성 신규과제", ProgramKind.Training)]
    [InlineData("2026년도 이차전지 실증센터 구축사업 공고", ProgramKind.Infrastructure)]
    [InlineData("2026년 뿌리산업 참여기업 모집 공고", ProgramKind.Support)]
    [InlineData("2026년 드론 산업 육성·지원 공고", ProgramKind.Support)]
    [InlineData("2026년 소재 시험 인증 지원 공고", ProgramKind.Support)]
    [InlineData("2026년 수출 컨설팅 지원사업", ProgramKind.Support)]
    [InlineData("2026년 연구인력 채용지원 공고", ProgramKind.Support)]
    public void Kind_follows_from_the_title(string title, ProgramKind expected) =>
        Assert.Equal(expected, KindClassifier.Classify(new(title) { Body = "설명회를 개최하고 수요조사서를 받습니다" }));

    [Fact]
    public void Find_gives_the_words_and_where_they_stand()
    {
        Assert.Equal(("설명회", EvidenceSource.Title), Evidence("2026년 사업 설명회 안내", null));
        Assert.Equal(("수요조사서", EvidenceSource.Body), Evidence("알림", "첨부한 수요조사서를 내십시오"));
        Assert.Equal(("신규과제", EvidenceSource.Title), Evidence("2026년 신규과제 공모", "수요조사서"));
    }

    [Theory]
    [InlineData("수요조사", null, null, ProgramKind.Survey, EvidenceSource.Field)]
    [InlineData("입찰공고", null, null, ProgramKind.Notice, EvidenceSource.Field)]
    [InlineData("정책지정", null, null, ProgramKind.Notice, EvidenceSource.Field)]
    [InlineData("교육", null, null, ProgramKind.Training, EvidenceSource.Field)]
    [InlineData("자유공모", null, null, ProgramKind.Call, EvidenceSource.Field)]
    [InlineData("품목지정형 공모", null, null, ProgramKind.Call, EvidenceSource.Field)]
    [InlineData(null, "1. 안내문.hwp|2. 기술수요조사서.hwp", null, ProgramKind.Survey, EvidenceSource.Attachment)]
    [InlineData(null, "과업지시서.pdf|계획서.hwp", null, ProgramKind.Notice, EvidenceSource.Attachment)]
    [InlineData(null, "교육신청서.hwp", null, ProgramKind.Training, EvidenceSource.Attachment)]
    [InlineData(null, "연구개발계획서(양식).hwp", null, ProgramKind.Call, EvidenceSource.Attachment)]
    [InlineData(null, "과제제안요구서(RFP).pdf", null, ProgramKind.Call, EvidenceSource.Attachment)]
    [InlineData(null, "포스터.png", "○ 신청기간 : 3월 말까지\n○ 과제당 연구개발비 2억원 이내", ProgramKind.Call, EvidenceSource.Body)]
    [InlineData("수요조사", "연구개발계획서.hwp", "과제당 연구비, 접수기간", ProgramKind.Survey, EvidenceSource.Field)]
    public void Kind_follows_from_what_else_the_board_gives_when_the_title_names_none(
        string? boardType, string? attachments, string? body, ProgramKind kind, EvidenceSource source)
    {
        var found = KindClassifier.Find(new("푸른 바다 한마당")
        {
            BoardType = boardType,
            AttachmentNames = [.. attachments?.Split('|') ?? []],
            Body = body,
        });

        Assert.Equal((kind, source), (found.Kind, found.Source));
        Assert.NotEmpty(Assert.Single(found.Words));
    }

    [Theory]
    [InlineData("수요조사", "", ProgramKind.Survey)]
    [InlineData("용역", "", ProgramKind.Notice)]
    [InlineData("", "가격제안서.hwp", ProgramKind.Notice)]
    [InlineData("지원사업", "공고문.hwp", ProgramKind.Call)]
    [InlineData("공모", "제안요청서.hwp", ProgramKind.Call)]
    public void Title_of_a_call_is_that_of_another_kind_when_the_board_says_so(string boardType, string attachment, ProgramKind expected) =>
        Assert.Equal(expected, KindClassifier.Classify(new("2026년 로봇 핵심기술 신규과제 공고") { BoardType = boardType, AttachmentNames = [attachment] }));

    [Fact]
    public void Title_that_names_another_kind_decides_whatever_stands_beside_it() => Assert.Equal(ProgramKind.Notice, KindClassifier.Classify(
        new("2026년 로봇 사업 설명회 안내") { BoardType = "자유공모", AttachmentNames = ["연구개발계획서.hwp"], Body = "접수기간, 연구개발비" }));

    [Theory]
    [InlineData("푸른 바다 한마당", null)]
    [InlineData("알려 드립니다", "설명회 신청방법 : 전화")]
    [InlineData("새 누리집을 엽니다", "연구비 정산이 쉬워집니다")]
    [InlineData("한국바다연구원 소개", null)]
    public void Kind_is_unsure_when_nothing_tells_it(string title, string? body)
    {
        var (kind, words, _) = KindClassifier.Find(new(title) { Body = body });

        Assert.Equal(ProgramKind.Unsure, kind);
        Assert.Empty(words);
    }

    private static (string Word, EvidenceSource Source) Evidence(string title, string? body)
    {
        var (_, words, source) = KindClassifier.Find(new(title) { Body = body });
        return (Assert.Single(words), source);
    }

    [Fact]
    public void Grant_for_researchers_is_a_call_and_no_service() =>
        Assert.Equal(ProgramKind.Call, KindClassifier.Classify(new("2026년 물관리 신진연구자 지원사업 시행 공고")));
}
