using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Distinguishes a program's total, the amount for one project and the applicant's own contribution.</summary>
public sealed class AmountScopesTests
{
    private const long Eok = 100_000_000;

    [Theory]
    [InlineData("TIPS: 5억 지원, 1~3억 투자유치 조건, 사업 총 2,000억원", 2_000 * Eok, 5 * Eok, 3 * Eok)]
    [InlineData("팁스: 1억~3억 투자유치 시 최대 5억원 지원", 5 * Eok, null, 3 * Eok)]
    [InlineData("총 5억원 지원, 1억원 이상 투자유치 기업", 5 * Eok, null, Eok)]
    [InlineData("투자유치 3억원 이상 기업에 5억원 지원", 5 * Eok, null, 3 * Eok)]
    [InlineData("1억원 이상 투자유치 기업에 5억원 지원", 5 * Eok, null, Eok)]
    [InlineData("투자유치 기업에 최대 5억원 지원", 5 * Eok, null, null)]
    [InlineData("5억원 지원(투자유치 기업)", 5 * Eok, null, null)]
    [InlineData("5억원 (민간투자 1억원 이상 유치 시)", 5 * Eok, null, Eok)]
    [InlineData("정부지원금 5억원 및 민간부담금 1억원", 5 * Eok, null, Eok)]
    [InlineData("정부지원금 5억원, 자부담 1억원", 5 * Eok, null, Eok)]
    [InlineData("국비 5억원 + 민간부담 2억원", 5 * Eok, null, 2 * Eok)]
    [InlineData("5억원(자부담 1억원 별도)", 5 * Eok, null, Eok)]
    [InlineData("민간부담금 25% 이상, 정부출연금 5억원", 5 * Eok, null, null)]
    [InlineData("매출 10억원 이상 기업에 2억원 지원", 2 * Eok, null, 10 * Eok)]
    [InlineData("과제당 총 13억원(’25년 2억원)", null, 13 * Eok, null)]
    [InlineData("과제별 총 9억원(1단계 3억원, 2단계 3억원, 3단계 3억원)", null, 9 * Eok, null)]
    [InlineData("(’25년) 과제당 15억원 / (’26~’28년) 30억원", null, 15 * Eok, null)]
    [InlineData("기업당 1억원, 50억원 규모", 50 * Eok, Eok, null)]
    [InlineData("과제당 6억원 이내(총 26억원 이내)", 26 * Eok, 6 * Eok, null)]
    [InlineData("총 사업비 142억원 내외(1차년도 연구단별 11억원 내외)", 142 * Eok, 11 * Eok, null)]
    [InlineData("컨소시엄당 10억원", null, 10 * Eok, null)]
    [InlineData("협동조합당 2억원", null, 2 * Eok, null)]
    [InlineData("수행기업당 최대 4억원", null, 4 * Eok, null)]
    [InlineData("기업 당 최대 3억원(부가세 10% 자부담)", null, 3 * Eok, null)]
    [InlineData("지분투자(모태펀드) : 수행기업당 최대 40억원 이내", null, 40 * Eok, null)]
    [InlineData("100억원 이상 투자 유치 → 연간 최대 20억원 신청", null, 20 * Eok, 100 * Eok)]
    [InlineData("1차년도 5억원, 총 15억원", 15 * Eok, null, null)]
    [InlineData("총 15억원(1차년도 5억원)", 15 * Eok, null, null)]
    [InlineData("총 6,424.1* 억원 내외", 642_410_000_000, null, null)]
    [InlineData("자부담 1억원", null, null, Eok)]
    [InlineData("1억원(자부담)", null, null, Eok)]
    [InlineData("기업부담금: 1억원 이상", null, null, Eok)]
    [InlineData("매출액 100억원 이하 기업 지원", null, null, 100 * Eok)]
    [InlineData("투자유치 1억~3억원", null, null, 3 * Eok)]
    [InlineData("자본금 5억원 이상", null, null, 5 * Eok)]
    [InlineData("참가비 10만원", null, null, 100_000L)]
    [InlineData("투자금(백만원) 300", null, null, 3 * Eok)]
    public void Precondition_is_kept_apart_and_is_never_the_budget(string text, long? total, long? perProject, long? precondition) =>
        Assert.Equal(new AmountReading(total, perProject, precondition), KoreanAmounts.Parse(text));

    [Theory]
    [InlineData("과제당 총 5억원", null, 5 * Eok)]
    [InlineData("기업당 총 사업비 5억원 이내", null, 5 * Eok)]
    [InlineData("과제 당 5억원", null, 5 * Eok)]
    [InlineData("1개 과제당 연간 5억원", null, 5 * Eok)]
    [InlineData("업체별 5억원 한도", null, 5 * Eok)]
    [InlineData("컨소시엄당 최대 5억원", null, 5 * Eok)]
    [InlineData("총 20개 과제, 과제당 5억원", null, 5 * Eok)]
    [InlineData("과제당 5억원 이내, 총 60억원", 60 * Eok, 5 * Eok)]
    [InlineData("총 60억원 / 과제당 5억원", 60 * Eok, 5 * Eok)]
    [InlineData("총 예산 60억원\n과제당 1억~5억원", 60 * Eok, 5 * Eok)]
    [InlineData("과제당 지원금(백만원) 500", null, 5 * Eok)]
    [InlineData("연 5억원 × 3년", null, 5 * Eok)]
    [InlineData("연간 최대 5억원", null, 5 * Eok)]
    [InlineData("매년 5억원씩 3년", null, 5 * Eok)]
    [InlineData("5억원/년", null, 5 * Eok)]
    [InlineData("3년간 총 5억원", 5 * Eok, null)]
    [InlineData("정부출연 5억원", 5 * Eok, null)]
    [InlineData("총 100억원 중 70억원 지원", 100 * Eok, null)]
    public void Amount_of_one_project_or_year_is_not_the_total(string text, long? total, long? perProject) =>
        Assert.Equal(new AmountReading(total, perProject, null), KoreanAmounts.Parse(text));

    [Fact]
    public void Budget_is_unknown_when_only_a_precondition_is_stated() =>
        Assert.Null(KoreanAmounts.Parse("투자유치 3억원 이상").Amount);
}
