using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

public sealed class KoreanAmountsTests
{
    [Theory]
    [InlineData("10억원", 1_000_000_000)]
    [InlineData("10억", 1_000_000_000)]
    [InlineData("1.5억원", 150_000_000)]
    [InlineData("48.75억원", 4_875_000_000)]
    [InlineData("1,764.22억원", 176_422_000_000)]
    [InlineData("5천만원", 50_000_000)]
    [InlineData("5,000만원", 50_000_000)]
    [InlineData("2천5백만원", 25_000_000)]
    [InlineData("300백만원", 300_000_000)]
    [InlineData("256백만 원", 256_000_000)]
    [InlineData("45,000,000원", 45_000_000)]
    [InlineData("45,000천원", 45_000_000)]
    [InlineData("1억 5천만원", 150_000_000)]
    [InlineData("1억5천만원", 150_000_000)]
    [InlineData("1억 5,000만원", 150_000_000)]
    [InlineData("1조 2,000억원", 1_200_000_000_000)]
    [InlineData("1천억원", 100_000_000_000)]
    [InlineData("9,007,199,254,740,993원", 9_007_199_254_740_993)]
    [InlineData("'25년 256백만원", 256_000_000)]
    [InlineData("2025년 256백만원", 256_000_000)]
    [InlineData("1억원 2025년", 100_000_000)]
    [InlineData("１０억원", 1_000_000_000)]
    [InlineData("3천만원 ~ 5천만원", 50_000_000)]
    [InlineData("3∼5억원", 500_000_000)]
    [InlineData("1억원에서 3억원", 300_000_000)]
    [InlineData("총연구비(억원) 48.75", 4_875_000_000)]
    [InlineData("지원금(백만원): 300", 300_000_000)]
    [InlineData("총 60억원(과제당 5억원 이내)", 6_000_000_000)]
    [InlineData("기업당 5천만원 이내, 총 300억원", 30_000_000_000)]
    [InlineData("총 5억원 지원, 1억원 이상 투자유치 기업", 500_000_000)]
    [InlineData("투자유치 3억원 이상 기업에 5억원 지원", 500_000_000)]
    public void Total_is_read_when_the_text_has_an_amount(string text, long expected) =>
        Assert.Equal(expected, KoreanAmounts.Parse(text).Total);

    [Theory]
    [InlineData("3개 과제, 과제당 5억원", 500_000_000)]
    [InlineData("과제당 연간 300백만원", 300_000_000)]
    [InlineData("기업당 5천만원 이내", 50_000_000)]
    [InlineData("과제당 3억원 ~ 5억원", 500_000_000)]
    [InlineData("총 60억원(과제당 5억원 이내)", 500_000_000)]
    public void Amount_of_one_project_is_kept_apart_when_the_text_says_so(string text, long expected) =>
        Assert.Equal(expected, KoreanAmounts.Parse(text).PerProject);

    [Theory]
    [InlineData("3개 과제, 과제당 5억원", 500_000_000)]
    [InlineData("총 60억원(과제당 5억원 이내)", 6_000_000_000)]
    public void Amount_prefers_the_total_when_both_are_known(string text, long expected) =>
        Assert.Equal(expected, KoreanAmounts.Parse(text).Amount);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("미정")]
    [InlineData("추후 공지")]
    [InlineData("0억원")]
    [InlineData("0원")]
    [InlineData("0 억원")]
    [InlineData("2025")]
    [InlineData("3개 과제")]
    [InlineData("5만 명")]
    [InlineData("1억 건의 데이터")]
    [InlineData("제3조 제2항")]
    [InlineData("2025.03.15")]
    [InlineData("99999999999999999999999999억원")]
    [InlineData("9,999,999,999,999억원")]
    [InlineData("1.2.3억원")]
    [InlineData("(억원)")]
    [InlineData("자부담 1억원")]
    public void Amount_is_unknown_when_the_text_has_none(string? text) => Assert.Null(KoreanAmounts.Parse(text).Amount);

    [Theory]
    [InlineData("총연구비(억원)", "48.75", 4_875_000_000)]
    [InlineData("지원금액(백만원)", "1,200", 1_200_000_000)]
    [InlineData("사업비(단위: 천원)", "500", 500_000)]
    [InlineData("금액(원)", "30,000,000", 30_000_000)]
    [InlineData("총연구비(억원)", "12억원", 1_200_000_000)]
    [InlineData("총연구비", "12억원", 1_200_000_000)]
    public void Number_takes_the_unit_of_its_header_when_it_has_none(string header, string value, long expected) =>
        Assert.Equal(expected, KoreanAmounts.ParseWithHeader(header, value));

    [Theory]
    [InlineData("총연구비(억원)", "0")]
    [InlineData("총연구비(억원)", "미정")]
    [InlineData("총연구비", "48.75")]
    [InlineData("총연구비(조원)", "99999999999999")]
    [InlineData(null, null)]
    public void Number_is_unknown_when_it_means_nothing(string? header, string? value) =>
        Assert.Null(KoreanAmounts.ParseWithHeader(header, value));
}
