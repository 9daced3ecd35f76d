using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

public sealed class LabelValuesTests
{
    [Fact]
    public void Labels_are_found_when_they_are_written_with_marks_and_blanks()
    {
        var values = LabelValues.Read("○ 접수 기간 ： 2025.03.15 ~ 04.15\n1. 지원규모: 10억원\n지원규모: 20억원\n제목만 있는 줄\n공고금액 :");

        Assert.Equal("2025.03.15 ~ 04.15", values.First("접수기간"));
        Assert.Equal("10억원", values.First("지원규모"));
        Assert.Null(values.First("공고금액"));
        Assert.Equal("10억원", values.First("공고금액", "지원규모"));
    }

    [Theory]
    [InlineData("접수기간:값")]
    [InlineData("접수기간 : 값")]
    [InlineData("접수기간：값")]
    [InlineData("접수기간∶ 값")]
    [InlineData("접 수 기 간 : 값")]
    [InlineData("○ 접수기간 : 값")]
    [InlineData("ㅇ 접수기간 : 값")]
    [InlineData("o 접수기간 : 값")]
    [InlineData("□접수기간: 값")]
    [InlineData("❍ 접수기간: 값")]
    [InlineData("▷ 접수기간: 값")]
    [InlineData("ㆍ접수기간: 값")]
    [InlineData("- 접수기간: 값")]
    [InlineData("1. 접수기간: 값")]
    [InlineData("1-1) 접수기간: 값")]
    [InlineData("① 접수기간: 값")]
    [InlineData("⑴ 접수기간: 값")]
    [InlineData("가. 접수기간: 값")]
    [InlineData("나) 접수기간: 값")]
    [InlineData("□ 1. 가. 접수기간: 값")]
    [InlineData("[접수기간]: 값")]
    [InlineData("【접수기간】 : 값")]
    [InlineData("<접수기간> : 값")]
    [InlineData("접수기간¹ : 값")]
    [InlineData("접수기간(온라인) : 값")]
    [InlineData("첫 줄\n\n접수기간 : 값\n끝")]
    public void Label_is_the_same_when_it_is_written_in_another_form(string text) =>
        Assert.Equal("값", LabelValues.Read(text).First("접수기간"));

    [Theory]
    [InlineData("(접수기간) 2025.2.10(월) ~ 2.21(금) 12:00까지", "접수기간", "2025.2.10(월) ~ 2.21(금) 12:00까지")]
    [InlineData("◦ (접수 기한) 공고일로부터 2025.7.21.(월) 18:00까지", "접수기한", "공고일로부터 2025.7.21.(월) 18:00까지")]
    [InlineData("2) 【신청기간】 '25.2.10 ~ 2.21", "신청기간", "'25.2.10 ~ 2.21")]
    [InlineData("(지원규모) 총 10억원", "지원규모", "총 10억원")]
    [InlineData("접수기간 2025.2.10 ~ 2.21", "접수기간", "2025.2.10 ~ 2.21")]
    [InlineData("| 전산접수기간 | 2025.2.10 ~ 2.21", "전산접수기간", "2025.2.10 ~ 2.21")]
    [InlineData("온라인 접수 2025.2.10 ~ 2.21", "온라인접수", "2025.2.10 ~ 2.21")]
    [InlineData("ㅇ 2025.12.15.(월) : 신규과제 접수마감", "신규과제접수마감", "2025.12.15.(월)")]
    [InlineData("2025. 7. 30. 연구자 신청 마감 (주관기관 승인 : 7.31 마감)", "연구자신청마감", "2025. 7. 30")]
    [InlineData("신청․접수기간 : 2025.2.10 ~ 2.21", "신청접수기간", "2025.2.10 ~ 2.21")]
    [InlineData("접수기간\n2025.2.10 ~ 2.21", "접수기간", "2025.2.10 ~ 2.21")]
    public void Label_of_a_period_needs_no_colon(string text, string label, string value)
    {
        var values = LabelValues.Read(text);

        Assert.Equal([label], values.Labels);
        Assert.Equal(value, values.First(label));
        Assert.Null(values.BarePeriod);
    }

    [Theory]
    [InlineData("| ’25.01.23(목)∼’25.02.24(월)", "'25.01.23(목)~'25.02.24(월)")]
    [InlineData("2025.2.10 ~ 2.21 18:00까지", "2025.2.10 ~ 2.21 18:00까지")]
    [InlineData("연구기간\n2025.2.10 ~ 2026.2.9", null)]
    [InlineData("2025.2.10", null)]
    [InlineData("2025.2.10 ~ 2.21 사업설명회", null)]
    public void Line_that_is_only_a_period_is_kept_apart(string text, string? expected) => Assert.Equal(expected, LabelValues.Read(text).BarePeriod);

    [Theory]
    [InlineData("총연구비(단위: 백만원) : 300", "총연구비(단위:백만원)", "300")]
    [InlineData("총연구비（단위：백만원）：300", "총연구비(단위:백만원)", "300")]
    [InlineData("접수기간: 2025.03.15 09:00 ~ 18:00", "접수기간", "2025.03.15 09:00 ~ 18:00")]
    [InlineData("마감(시간 : 18:00", "마감(시간", "18:00")]
    public void Line_is_parted_at_the_colon_of_its_label(string text, string label, string value)
    {
        var values = LabelValues.Read(text);

        Assert.Equal([label], values.Labels);
        Assert.Equal(value, values.First(label));
    }

    [Theory]
    [InlineData("접수기간 미정")]
    [InlineData("2025.03.15")]
    [InlineData(": 값")]
    [InlineData("이 줄은 이름이라고 하기에는 너무 길고 또 긴 글입니다 : 값")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_is_read_when_a_line_is_no_pair(string? text) => Assert.Empty(LabelValues.Read(text).Labels);

    [Fact]
    public void Label_without_parentheses_wins_over_one_with_them()
    {
        var values = LabelValues.Read("접수기간(우편): 하나\n접수기간: 둘\n신청기간:\n신청기간(우편): 셋");

        Assert.Equal("둘", values.First("접수기간"));
        Assert.Equal("셋", values.First("신청기간"));
    }
}
