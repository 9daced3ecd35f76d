using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Forms of one amount that boards use beside the plain ones.</summary>
public sealed class KoreanAmountFormsTests
{
    [Theory]
    [InlineData("약 5억원", 500_000_000)]
    [InlineData("최대 3억원 이내", 300_000_000)]
    [InlineData("30억 원 내외", 3_000_000_000)]
    [InlineData("30 억 원", 3_000_000_000)]
    [InlineData("5.5천만원", 55_000_000)]
    [InlineData("5천 만원", 50_000_000)]
    [InlineData("300 백만 원", 300_000_000)]
    [InlineData("2천억원", 200_000_000_000)]
    [InlineData("3천5백억원", 350_000_000_000)]
    [InlineData("5십억원", 5_000_000_000)]
    [InlineData("2.5백억원", 25_000_000_000)]
    [InlineData("1.5조원", 1_500_000_000_000)]
    [InlineData("1조2천억원", 1_200_000_000_000)]
    [InlineData("1억5천", 150_000_000)]
    [InlineData("1억 5천", 150_000_000)]
    [InlineData("1억 5천3백", 153_000_000)]
    [InlineData("1억 2천 3백만원", 123_000_000)]
    [InlineData("5만5천원", 55_000)]
    [InlineData("12억3456만7890원", 1_234_567_890)]
    [InlineData("0.5억원", 50_000_000)]
    [InlineData("10억여원", 1_000_000_000)]
    [InlineData("금 500,000,000원정", 500_000_000)]
    [InlineData("일금 5억원정", 500_000_000)]
    [InlineData("₩50,000,000", 50_000_000)]
    [InlineData("￦ 50,000,000", 50_000_000)]
    [InlineData("₩1.5억", 150_000_000)]
    [InlineData("KRW 50,000,000", 50_000_000)]
    [InlineData("50,000,000 KRW", 50_000_000)]
    [InlineData("100 million? 3억 won", 300_000_000)]
    [InlineData("５，０００만원", 50_000_000)]
    [InlineData("5억원¹", 500_000_000)]
    [InlineData("①5억원", 500_000_000)]
    [InlineData("-5억원 이내", 500_000_000)]
    [InlineData("지원금.5억원", 500_000_000)]
    [InlineData("1억~3억원", 300_000_000)]
    [InlineData("1억∼3억", 300_000_000)]
    [InlineData("1~3억원", 300_000_000)]
    [InlineData("5천만~1억원", 100_000_000)]
    [InlineData("1억원 이상 3억원 이하", 300_000_000)]
    [InlineData("3천만원 이상 ~ 5천만원 이하", 50_000_000)]
    [InlineData("0원 ~ 5억원", 500_000_000)]
    [InlineData("'25년 50억원, '26년 70억원, 총 120억원", 12_000_000_000)]
    [InlineData("총 사업비 100억원 (국비 70억원, 지방비 30억원)", 10_000_000_000)]
    public void Total_is_read_when_it_is_written_in_another_form(string text, long expected) =>
        Assert.Equal((expected, null, null), Parts(text));

    [Theory]
    [InlineData("총사업비(단위: 백만원) 300", 300_000_000)]
    [InlineData("(단위: 백만원) 1,200", 1_200_000_000)]
    [InlineData("(단위 : 천원) 45,000", 45_000_000)]
    [InlineData("단위: 억원\n48.75", 4_875_000_000)]
    [InlineData("[단위: 십억원] 3", 3_000_000_000)]
    [InlineData("(단위: 백억) 2", 20_000_000_000)]
    [InlineData("(단위: 억) 12", 1_200_000_000)]
    [InlineData("(단위: 천원, 부가세 포함) 500", 500_000)]
    [InlineData("(원) 30,000,000", 30_000_000)]
    [InlineData("1,200(백만원)", 1_200_000_000)]
    [InlineData("1,200 (단위: 백만원)", 1_200_000_000)]
    public void Number_takes_the_unit_that_stands_apart(string text, long expected) => Assert.Equal((expected, null, null), Parts(text));

    [Theory]
    [InlineData("지원금액(백만원)", "300 이내", 300_000_000)]
    [InlineData("지원금액(백만원)", "최대 300", 300_000_000)]
    [InlineData("지원금액(백만원)", "100 ~ 300", 300_000_000)]
    [InlineData("지원금액(단위: 백만원)", "1,200", 1_200_000_000)]
    [InlineData("사업비(단위:십억원)", "1.5", 1_500_000_000)]
    [InlineData("예산(억)", "1.5억원", 150_000_000)]
    public void Number_takes_the_unit_of_its_header(string header, string value, long expected) =>
        Assert.Equal(expected, KoreanAmounts.ParseWithHeader(header, value));

    [Theory]
    [InlineData("0")]
    [InlineData("0.00억원")]
    [InlineData("0 천원")]
    [InlineData("- 원")]
    [InlineData("억원")]
    [InlineData("십억원")]
    [InlineData("수십억원")]
    [InlineData("몇 억 원")]
    [InlineData("별도 협의")]
    [InlineData("1,2억원")]
    [InlineData("1,23,456원")]
    [InlineData("1,2345원")]
    [InlineData("12.345.678원")]
    [InlineData(".5억원")]
    [InlineData("1½억원")]
    [InlineData("1억5")]
    [InlineData("1조 5천")]
    [InlineData("1억5천원")]
    [InlineData("△5억원")]
    [InlineData("▲ 5억원")]
    [InlineData("10만 달러")]
    [InlineData("100만불")]
    [InlineData("1억 엔")]
    [InlineData("USD 100만")]
    [InlineData("$10만")]
    [InlineData("€5만")]
    [InlineData("5만 명")]
    [InlineData("5만여 명")]
    [InlineData("10만인")]
    [InlineData("5만kW")]
    [InlineData("100만배")]
    [InlineData("3원칙")]
    [InlineData("100만 원천기술")]
    [InlineData("제3조 5항")]
    [InlineData("300")]
    [InlineData("(단위: 천명) 300")]
    [InlineData("(단위: 개) 300")]
    [InlineData("(단위: 백만원) 2025년")]
    [InlineData("(단위: 백만원) 미정")]
    [InlineData("(단위: 백만원) 0")]
    [InlineData("٥억원")]
    [InlineData("五억원")]
    [InlineData("9223372036854775808원")]
    [InlineData("99999999999999999조 9999999999999천")]
    [InlineData("0.000000000000000001원")]
    public void Amount_is_unknown_when_the_text_is_unclear_or_means_something_else(string text) =>
        Assert.Equal((null, null, null), Parts(text));

    [Fact]
    public void Amount_is_the_largest_one_when_it_just_fits() =>
        Assert.Equal(long.MaxValue, KoreanAmounts.Parse("9223372036854775807원").Total);

    private static (long?, long?, long?) Parts(string text)
    {
        var reading = KoreanAmounts.Parse(text);
        return (reading.Total, reading.PerProject, reading.Precondition);
    }
}
