using System.Globalization;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

public sealed class KoreanDatesTests
{
    [Theory]
    [InlineData("2025.03.15", "2025-03-15T23:59:59")]
    [InlineData("2025. 3. 15.", "2025-03-15T23:59:59")]
    [InlineData("2025-03-15", "2025-03-15T23:59:59")]
    [InlineData("2025/03/15", "2025-03-15T23:59:59")]
    [InlineData("2025년 3월 15일", "2025-03-15T23:59:59")]
    [InlineData("2025년3월15일", "2025-03-15T23:59:59")]
    [InlineData("'25. 3. 15.", "2025-03-15T23:59:59")]
    [InlineData("’25.3.15(토)", "2025-03-15T23:59:59")]
    [InlineData("２０２５．０３．１５", "2025-03-15T23:59:59")]
    [InlineData("2025.03.15(금)", "2025-03-15T23:59:59")]
    [InlineData("2025.03.15 (금요일) 18:00", "2025-03-15T18:00:00")]
    [InlineData("2025.03.15 18:00:00", "2025-03-15T18:00:00")]
    [InlineData("2025년 3월 15일(금) 17시", "2025-03-15T17:00:00")]
    [InlineData("2025. 3. 15.(금), 23시 59분", "2025-03-15T23:59:00")]
    [InlineData("2025.03.15 오후 6시", "2025-03-15T18:00:00")]
    [InlineData("2025.03.15 오후 12시", "2025-03-15T12:00:00")]
    [InlineData("2025.03.15 24:00", "2025-03-15T23:59:59")]
    [InlineData("2025.03.15 18:00까지 (도착분에 한함)", "2025-03-15T18:00:00")]
    [InlineData("마감: 2025년 3월 15일까지", "2025-03-15T23:59:59")]
    [InlineData("2025.03.15(금) ~ 04.15(월)", "2025-04-15T23:59:59")]
    [InlineData("2025.03.15(금) ∼ 04.15(월) 18:00", "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 ～ 4.15", "2025-04-15T23:59:59")]
    [InlineData("2025-03-15 ~ 2025-04-15", "2025-04-15T23:59:59")]
    [InlineData("2025.03.15-2025.04.15", "2025-04-15T23:59:59")]
    [InlineData("2025.03.15부터 04.15 16시까지", "2025-04-15T16:00:00")]
    [InlineData("2025.03.17(월) 14:00 ~ 2025.03.24(월) 18:00", "2025-03-24T18:00:00")]
    [InlineData("2025.12.20 ~ 01.15", "2026-01-15T23:59:59")]
    [InlineData("2025년 3월 15일 ~ 20일", "2025-03-20T23:59:59")]
    [InlineData("2025.03.15 09:00 ~ 18:00", "2025-03-15T18:00:00")]
    [InlineData("~ 2025.04.15 18:00", "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 ~ 04.15 (결과발표 2025.06.01)", "2025-04-15T23:59:59")]
    [InlineData("2024.02.29", "2024-02-29T23:59:59")]
    [InlineData("1999.12.31", "1999-12-31T23:59:59")]
    [InlineData("3/2 이후 접수, 2025.03.15 마감", "2025-03-15T23:59:59")]
    public void Deadline_is_read_in_korean_time_when_the_text_has_one(string text, string expected)
    {
        var deadline = KoreanDates.ParseDeadline(text);

        Assert.Equal(DateTimeOffset.Parse(expected + "+09:00", CultureInfo.InvariantCulture), deadline);
        Assert.Equal(TimeSpan.FromHours(9), deadline!.Value.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("상시")]
    [InlineData("상시 접수")]
    [InlineData("추후 공지")]
    [InlineData("04.15")]
    [InlineData("2025.02.31")]
    [InlineData("2025.02.29")]
    [InlineData("2025.13.01")]
    [InlineData("2025.00.10")]
    [InlineData("2025.03.15 ~")]
    [InlineData("2025.03.15 ~ 예산 소진 시")]
    [InlineData("2025.03.15 ~ 02.30")]
    [InlineData("공고 제2025-518호")]
    [InlineData("1.5억원")]
    [InlineData("20251315")]
    [InlineData("제20250315호")]
    [InlineData("20250315원")]
    [InlineData("020250315")]
    [InlineData("02-20250315")]
    public void Deadline_is_unknown_when_the_text_has_none(string? text) => Assert.Null(KoreanDates.ParseDeadline(text));

    [Fact]
    public void Period_has_both_ends_when_the_second_year_is_left_out()
    {
        var period = KoreanDates.ParsePeriod("2025.03.15(금) 10:00 ~ 04.15(월)");

        Assert.Equal(new DateTimeOffset(2025, 3, 15, 10, 0, 0, TimeSpan.FromHours(9)), period.Start);
        Assert.Equal(new DateTimeOffset(2025, 4, 15, 23, 59, 59, TimeSpan.FromHours(9)), period.End);
        Assert.False(period.Rolling);
    }

    [Theory]
    [InlineData("상시", true)]
    [InlineData("2025.03.15 ~ 예산 소진 시까지", true)]
    [InlineData("2025.03.15 ~", false)]
    [InlineData("", false)]
    public void Period_is_rolling_only_when_the_text_says_so(string text, bool expected)
    {
        var period = KoreanDates.ParsePeriod(text);

        Assert.Equal(expected, period.Rolling);
        Assert.Null(period.End);
    }

    [Fact]
    public void Period_has_only_an_end_when_there_is_a_single_date()
    {
        var period = KoreanDates.ParsePeriod("2025.03.15까지");

        Assert.Null(period.Start);
        Assert.NotNull(period.End);
    }

    [Theory]
    [InlineData("18:00", 18, 0)]
    [InlineData("17시", 17, 0)]
    [InlineData("오후 3시 30분", 15, 30)]
    public void Time_is_read_when_it_stands_alone(string text, int hour, int minute) =>
        Assert.Equal(new TimeOnly(hour, minute), KoreanDates.ParseTime(text));

    [Theory]
    [InlineData("25:00")]
    [InlineData("12:75")]
    [InlineData("없음")]
    public void Time_is_unknown_when_there_is_no_such_hour(string text) => Assert.Null(KoreanDates.ParseTime(text));
}
