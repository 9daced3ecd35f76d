using Connect.Core.Classification;
using Connect.Core.Organizations;
using Connect.Core.Programs;
using Connect.ScraperWorker.Sources.Text;

namespace Connect.Tests.Unit.Sources;

public sealed class WordsTests
{
    [Theory]
    [InlineData("TRL 4-6", 4, 6)]
    [InlineData("TRL 4~6", 4, 6)]
    [InlineData("TRL 4∼6", 4, 6)]
    [InlineData("TRL 4～6", 4, 6)]
    [InlineData("TRL4–6", 4, 6)]
    [InlineData("trl 4 ~ 6단계", 4, 6)]
    [InlineData("TRL 4단계 ~ 6단계", 4, 6)]
    [InlineData("TRL 4 ~ TRL 6", 4, 6)]
    [InlineData("TRL 4 → 7", 4, 7)]
    [InlineData("TRL 5 이상 7 이하", 5, 7)]
    [InlineData("TRL 5 이상", 5, null)]
    [InlineData("TRL 5단계 이하", null, 5)]
    [InlineData("TRL 5 초과", 6, null)]
    [InlineData("TRL 5 미만", null, 4)]
    [InlineData("TRL 6", 6, 6)]
    [InlineData("기술성숙도 3~7단계", 3, 7)]
    [InlineData("기술성숙도(TRL) : 4단계", 4, 4)]
    [InlineData("기술 성숙도는 TRL 6~4", 4, 6)]
    [InlineData("시작 TRL 3, 범위 TRL 4~6", 4, 6)]
    [InlineData("TRL 10", null, null)]
    [InlineData("TRL 0", null, null)]
    [InlineData("TRL", null, null)]
    [InlineData("4~6", null, null)]
    [InlineData(null, null, null)]
    public void Trl_is_read_when_the_text_states_it(string? text, int? min, int? max) =>
        Assert.Equal(new TrlRange(min, max), TrlRanges.Parse(text));

    [Theory]
    [InlineData("중소기업 및 벤처기업", true, false)]
    [InlineData("창업 7년 미만 스타트업", true, false)]
    [InlineData("기업부설연구소를 보유한 중소기업", true, false)]
    [InlineData("기업 부설 연구소", true, false)]
    [InlineData("대학, 출연연 등 연구기관", false, true)]
    [InlineData("출연(연)", false, true)]
    [InlineData("산학연: 기업, 대학, 연구소", true, true)]
    [InlineData("제한 없음", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public void Audience_is_read_when_the_text_names_it(string? text, bool company, bool institute)
    {
        var audience = Audiences.Parse(text);

        Assert.Equal(company, audience.Contains(OrganizationType.Company));
        Assert.Equal(institute, audience.Contains(OrganizationType.ResearchInstitute));
    }

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
    [InlineData("", "Call")]
    [InlineData(null, "Call")]
    public void Kind_follows_the_title_when_it_is_told(string? title, string expected) =>
        Assert.Equal(Enum.Parse<ProgramKind>(expected), KindClassifier.Classify(title, "설명회와 인력양성, 수요조사를 실시"[..9]));

    [Fact]
    public void Kind_follows_the_body_when_the_title_says_nothing()
    {
        Assert.Equal(ProgramKind.Survey, KindClassifier.Classify("알려 드립니다", "다음과 같이 수요조사를 실시합니다"));
        Assert.Equal(ProgramKind.Call, KindClassifier.Classify("2025년도 신규과제 공모", "지난해에 수요조사를 실시한 과제"));
    }

    [Fact]
    public void Labels_are_found_when_they_are_written_with_marks_and_blanks()
    {
        var values = LabelValues.Read("○ 접수 기간 ： 2025.03.15 ~ 04.15\n1. 지원규모: 10억원\n지원규모: 20억원\n제목만 있는 줄\n공고금액 :");

        Assert.Equal("2025.03.15 ~ 04.15", values.First("접수기간"));
        Assert.Equal("10억원", values.First("지원규모"));
        Assert.Null(values.First("공고금액"));
        Assert.Equal("10억원", values.First("공고금액", "지원규모"));
    }

    [Fact]
    public void Text_loses_only_what_cannot_be_stored_when_it_is_cleaned()
    {
        Assert.Equal("가 나🚀다", PlainText.Clean(" 가\u00A0 \t나\uD83D\uDE80\uD83D다\uDE80\u0000\u200B "));
        Assert.Equal("가\n나\n\n다", PlainText.Clean("가\r\n나\n\n\n\n다\n", keepLines: true));
    }
}
