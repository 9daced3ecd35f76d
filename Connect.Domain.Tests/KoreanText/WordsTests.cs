using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.KoreanText;

public sealed class WordsTests
{
    [Theory]
    [InlineData("2025년도 제1차 소재기술개발사업 신규지원 대상과제 재공고", "Call")]
    [InlineData("(공고 제2025-012호) 2025년도 중소기업기술혁신개발사업 시행계획 수정 공고", "Call")]
    [InlineData("2025년 초기 창업기업 지원계획 공고(일반 트랙)", "Call")]
    [InlineData("(연장공고) 2025년도 수처리 기술개발사업 신규과제 공모", "Call")]
    [InlineData("2025년도 연구개발사업 통합공고", "Call")]
    [InlineData("2026년도 스마트팜 기술수요조사", "Survey")]
    [InlineData("2026년 연구개발 과제 수요 조사 공고", "Survey")]
    [InlineData("2025년도 연구개발사업 설명회 안내", "Notice")]
    [InlineData("2025년 연구개발 시행계획 안내", "Notice")]
    [InlineData("(조달)입찰공고", "Notice")]
    [InlineData("신규과제 평가 일정 변경 안내", "Notice")]
    [InlineData("접수 연기 안내", "Notice")]
    [InlineData("2025년 반도체 인력양성사업 신규지원 공고", "Training")]
    [InlineData("2025년도 에너지 전문 교육훈련 공고", "Training")]
    [InlineData("2025년도 환경 정책연구과제 공고", "PolicyStudy")]
    [InlineData("2025년 제1차 과학기술분야 연구기획과제 공모", "PolicyStudy")]
    [InlineData("2025년 바이오 인프라 구축 지원 공고", "Infrastructure")]
    [InlineData("2025년 인프라 구축 기술개발사업 신규과제 공모", "Call")]
    [InlineData("2025년 데이터 바우처 지원 공고", "Support")]
    [InlineData("2025년 창업지원 사업 공고", "Support")]
    [InlineData("2025년 기술사업화 지원 공고", "Support")]
    [InlineData("", "Unsure")]
    [InlineData(null, "Unsure")]
    public void Kind_follows_the_title_when_it_decides(string? title, string expected) =>
        Assert.Equal(Enum.Parse<ProgramKind>(expected), KindClassifier.Classify(new(title) { Body = "설명회와 인력양성, 수요조사를 실시"[..9] }));

    [Fact]
    public void Kind_follows_the_body_when_the_title_says_nothing()
    {
        Assert.Equal(ProgramKind.Survey, KindClassifier.Classify(new("알려 드립니다") { Body = "다음과 같이 수요조사를 실시합니다" }));
        Assert.Equal(ProgramKind.Call, KindClassifier.Classify(new("2025년도 신규과제 공모") { Body = "지난해에 수요조사를 실시한 과제" }));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("한글", "한글")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("e\u0301 \uF90A", "\u00E9 \u91D1")]
    [InlineData("\u1100\u1161\uFFFE", "가\uFFFD")]
    [InlineData("🚀\u1100\u1161", "🚀가")]
    public void Text_is_composed_whatever_it_is(string text, string expected)
    {
        Assert.Equal(expected, PlainText.Compose(text));
        Assert.Equal(expected, PlainText.Compose(expected));
    }

    [Fact]
    public void Text_is_composed_when_it_has_half_a_pair()
    {
        // Attributes cannot hold these.
        Assert.Equal("\uFFFD가", PlainText.Compose("\uD83D\u1100\u1161"));
        Assert.Equal("가\uFFFD", PlainText.Compose("\u1100\u1161\uDE80"));
    }

    [Fact]
    public void Clean_text_is_composed_when_it_came_in_single_letters()
    {
        Assert.Equal("한글", PlainText.Clean("\u1112\u1161\u200B\u11AB\u1100\uD83D\u1173\u11AF"));
        Assert.Equal("가\n나", PlainText.Clean("\u1100\u1161\n\u1102\u1161", keepLines: true));
    }

    [Fact]
    public void Text_loses_only_what_cannot_be_stored_when_it_is_cleaned()
    {
        Assert.Equal("가 나🚀다", PlainText.Clean(" 가\u00A0 \t나\uD83D\uDE80\uD83D다\uDE80\u0000\u200B "));
        Assert.Equal("가\n나\n\n다", PlainText.Clean("가\r\n나\n\n\n\n다\n", keepLines: true));
    }
}
