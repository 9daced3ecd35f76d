using Connect.Domain.KoreanText;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Ends that mean "no end".</summary>
public sealed class EndOfTimeTests
{
    [Theory]
    [InlineData("9999.12.31", null)]
    [InlineData("9999-12-31", null)]
    [InlineData("99991231", null)]
    [InlineData("9999년 12월 31일", null)]
    [InlineData("2026.10.06 ~ 9999.12.31", "2026-10-06")]
    [InlineData("2026-10-06 09:00 ~ 9999-12-31 18:00", "2026-10-06")]
    [InlineData("2026.10.06(화) ~ 9999.12.31(금) 23:59:59", "2026-10-06")]
    public void Period_has_no_end_when_a_system_writes_the_last_day_of_its_calendar(string text, string? start)
    {
        var period = KoreanDates.ParsePeriod(text);

        Assert.Equal((start, null, true), (period.Start?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), period.End, period.Rolling));
        Assert.Null(KoreanDates.ParseDeadline(text));
    }

    [Theory]
    [InlineData("2026.10.06 ~ 2026.12.31")]
    [InlineData("문의 02-9999-1231, 2026.10.06 ~ 2026.12.31")]
    public void Period_has_an_end_when_it_is_another_one(string text) =>
        Assert.Equal(2026, KoreanDates.ParseDeadline(text)?.Year);

    [Theory]
    [InlineData("산업통상자원부", "산업통상부")]
    [InlineData(" 환경부 ", "기후에너지환경부")]
    [InlineData("산업통상부", "산업통상부")]
    [InlineData("해양수산부", "해양수산부")]
    [InlineData("", "")]
    public void Ministry_has_its_present_name(string name, string expected) => Assert.Equal(expected, Ministries.CurrentNameOf(name));
}
