using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Labels of periods, composed of words.</summary>
public sealed class PeriodLabelTests
{
    [Theory]
    [InlineData("접수기간")]
    [InlineData("전산접수기간")]
    [InlineData("전산 신청 기간")]
    [InlineData("신청‧접수기간")]
    [InlineData("신청․접수기간")]
    [InlineData("신청·접수 기간")]
    [InlineData("신청ㆍ접수기간")]
    [InlineData("공모 및 신청기간")]
    [InlineData("공고 및 접수기간")]
    [InlineData("연구책임자 온라인 신청기간")]
    [InlineData("연구개발계획서 접수기간")]
    [InlineData("온라인(신청)접수기간")]
    [InlineData("사업계획서 제출기간")]
    [InlineData("신청기간※공고일")]
    [InlineData("접수기간 및 방법")]
    [InlineData("수요기업 모집기간")]
    [InlineData("[2차] 신청서 접수 기간")]
    [InlineData("접수일정")]
    [InlineData("접수기간(온라인)")]
    [InlineData("접수 기간 (IRIS 시스템)")]
    [InlineData("신청 일시")]
    public void Application_is_named_by_its_words(string label) => Assert.Equal(new(PeriodRole.Application, false), PeriodLabel.Of(label));

    [Theory]
    [InlineData("마감일")]
    [InlineData("접수마감")]
    [InlineData("전산 접수 마감시한")]
    [InlineData("서류접수기한")]
    [InlineData("신청서 접수마감")]
    [InlineData("제출 마감일시")]
    [InlineData("사업계획서 제출기한")]
    [InlineData("신규과제 접수마감")]
    [InlineData("연구자 신청 마감")]
    public void Deadline_is_named_by_its_words(string label) => Assert.Equal(new(PeriodRole.Deadline, false), PeriodLabel.Of(label));

    [Theory]
    [InlineData("연장접수기간")]
    [InlineData("재공고 접수기간")]
    [InlineData("연장공고 기간")]
    [InlineData("재공고기간")]
    [InlineData("변경 접수기간")]
    [InlineData("신청기간 연장")]
    public void Extension_wins_over_what_it_extends(string label) => Assert.Equal(new(PeriodRole.Application, true), PeriodLabel.Of(label));

    [Theory]
    [InlineData("공고기간")]
    [InlineData("공고 기간")]
    [InlineData("게시기간")]
    public void Publication_is_no_application(string label) => Assert.Equal(new(PeriodRole.Publication, false), PeriodLabel.Of(label));

    [Theory]
    [InlineData("접수일")]
    [InlineData("접수시작일")]
    [InlineData("신청 개시일")]
    public void Start_is_named_by_its_words(string label) => Assert.Equal(new(PeriodRole.Start, false), PeriodLabel.Of(label));

    [Theory]
    [InlineData("연구기간")]
    [InlineData("사업기간")]
    [InlineData("지원기간")]
    [InlineData("협약기간")]
    [InlineData("이의신청 기간")]
    [InlineData("보완자료 제출기한")]
    [InlineData("결과보고서 제출기한")]
    [InlineData("선정평가 일정")]
    [InlineData("주관기관 승인기간")]
    [InlineData("사업설명회 일시")]
    [InlineData("공고일")]
    [InlineData("접수방법")]
    [InlineData("신청자격")]
    [InlineData("접수처")]
    [InlineData("제출서류")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_labels_are_no_period_of_applications(string? label) => Assert.Equal(PeriodRole.Other, PeriodLabel.Of(label).Role);
}
