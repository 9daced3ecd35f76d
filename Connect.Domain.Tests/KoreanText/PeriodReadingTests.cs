using System.Globalization;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Texts with more than two dates: rounds, replacements, dates of other things, and what is not understood.</summary>
public sealed class PeriodReadingTests
{
    [Theory]
    [InlineData("1차: 2025.03.01 ~ 03.31, 2차: 2025.06.01 ~ 06.30, 3차: 2025.09.01 ~ 09.30")]
    [InlineData("(1차) 2025.03.01 ~ 03.31 (2차) 2025.06.01 ~ 06.30 (3차) 2025.09.01 ~ 09.30")]
    [InlineData("1차(2025.03.01 ~ 03.31), 2차(2025.06.01 ~ 06.30), 3차(2025.09.01 ~ 09.30)")]
    [InlineData("2025.03.01 ~ 03.31, 2025.06.01 ~ 06.30, 2025.09.01 ~ 09.30")]
    [InlineData("2025.03.01 ~ 03.31 / 2025.06.01 ~ 06.30 / 2025.09.01 ~ 09.30")]
    [InlineData("2025.03.01 ~ 03.31\n2025.06.01 ~ 06.30\n2025.09.01 ~ 09.30")]
    [InlineData("[1차] '25.3.1.(토)∼3.31.(월) [2차] 6.1.(일)∼6.30.(월) [3차] 9.1.(월)∼9.30.(화)")]
    public void Round_that_is_open_next_counts(string text)
    {
        var reading = KoreanDates.Read(text);

        Assert.False(reading.IsUnsure);
        Assert.Equal(["2025-03-31", "2025-06-30", "2025-09-30"], reading.Rounds.Select(round => Day(round.End)));
        Assert.Equal("2025-03-31", Day(reading.At(Moment("2025-02-01")).End));
        Assert.Equal("2025-03-31", Day(reading.At(Moment("2025-03-31")).End));
        Assert.Equal("2025-06-30", Day(reading.At(Moment("2025-04-01")).End));
        Assert.Equal("2025-09-30", Day(reading.At(Moment("2025-07-01")).End));
        Assert.Equal("2025-09-30", Day(reading.At(Moment("2026-01-01")).End));
    }

    [Theory]
    [InlineData("1차 마감 2025.03.31, 2차 마감 2025.06.30")]
    [InlineData("1차 : 2025.03.31까지, 2차 : 2025.06.30까지")]
    [InlineData("상반기 2025.03.31 하반기 2025.06.30")]
    public void Rounds_may_be_told_by_their_ends_alone(string text) =>
        Assert.Equal(["2025-03-31", "2025-06-30"], KoreanDates.Read(text).Rounds.Select(round => Day(round.End)));

    [Theory]
    [InlineData("2025.03.01 ~ 2025.03.15 → 2025.03.22", "2025-03-01", "2025-03-22")]
    [InlineData("2025.03.01 ~ 03.15 ⇒ 03.22", "2025-03-01", "2025-03-22")]
    [InlineData("당초 2025.03.01 ~ 03.15 → 변경 2025.03.05 ~ 03.22", "2025-03-05", "2025-03-22")]
    [InlineData("(당초) 2025.03.01 ~ 03.15 (변경) 2025.03.05 ~ 03.22", "2025-03-05", "2025-03-22")]
    [InlineData("당초: 2025.03.15 18:00, 변경: 2025.03.22 18:00", null, "2025-03-22")]
    [InlineData("변경 전 2025.03.01 ~ 03.15, 변경 후 2025.03.01 ~ 03.22", "2025-03-01", "2025-03-22")]
    [InlineData("2025.03.01 ~ 03.15 (03.22까지 연장)", "2025-03-01", "2025-03-22")]
    [InlineData("2025.03.01 ~ 03.15 (연장 : ~ 03.22)", "2025-03-01", "2025-03-22")]
    [InlineData("2025.03.01 ~ 03.15에서 2025.03.22로 연장", "2025-03-01", "2025-03-22")]
    [InlineData("2025.03.01 ~ 2025.03.15 → (연장) ~ 2025.03.22", "2025-03-01", "2025-03-22")]
    public void Last_of_the_replaced_counts_and_the_others_are_kept(string text, string? start, string end)
    {
        var reading = KoreanDates.Read(text);

        Assert.Equal((start, end), (Day(Assert.Single(reading.Rounds).Start), Day(reading.Rounds[0].End)));
        Assert.Equal("2025-03-15", Day(Assert.Single(reading.Periods, period => period.IsReplaced).End));
        Assert.False(reading.IsUnsure);
    }

    [Fact]
    public void Periods_are_in_the_order_of_the_text()
    {
        var reading = KoreanDates.Read("1차 2025.03.01 ~ 03.15 → 03.22, 2차 2025.05.01 ~ 05.15 → 05.22");

        Assert.Equal(
            [("2025-03-15", true), ("2025-03-22", false), ("2025-05-15", true), ("2025-05-22", false)],
            reading.Periods.Select(period => (Day(period.End), period.IsReplaced)));
        Assert.Equal(["2025-03-22", "2025-05-22"], reading.Rounds.Select(round => Day(round.End)));
    }

    [Theory]
    [InlineData("2025.03.01 ~ 2025.03.15 (발표 2025.04.01)")]
    [InlineData("2025.03.01 ~ 2025.03.15, 선정평가 2025.04.01")]
    [InlineData("2025.03.01 ~ 2025.03.15 (기관 승인은 2025.03.16까지)")]
    [InlineData("2025.03.01 ~ 2025.03.15\n사업설명회 2025.02.20 14:00")]
    public void Dates_of_other_things_are_no_part_of_the_period(string text)
    {
        Assert.Equal("2025-03-15", Day(KoreanDates.ParsePeriod(text).End));
        Assert.False(KoreanDates.Read(text).IsUnsure);
    }

    [Theory]
    [InlineData("2025.03.01 무엇인가 2025.03.15", "2025-03-15")]
    [InlineData("2025.03.01 xyz 2025.03.15 18:00", "2025-03-15")]
    [InlineData("2025.03.01 § 2025.03.15", "2025-03-15")]
    [InlineData("2025.03.01 :: 2025.03.15", "2025-03-15")]
    [InlineData("2025.03.01 어쩌고 2025.03.10 저쩌고 2025.03.15", null)]
    public void What_is_not_understood_never_makes_the_first_date_the_end(string text, string? end)
    {
        var reading = KoreanDates.Read(text);

        Assert.True(reading.IsUnsure);
        Assert.Equal(end, Day(Assert.Single(reading.Rounds).End));
    }

    private static DateTimeOffset Moment(string day) => DateTimeOffset.Parse(day + "T12:00:00+09:00", CultureInfo.InvariantCulture);

    private static string? Day(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
