using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Matching;

public sealed class SeoulTimeTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-03-09T14:59:59Z", 2026, 3, 9)]
    [InlineData("2026-03-09T15:00:00Z", 2026, 3, 10)]
    [InlineData("2025-12-31T15:00:00Z", 2026, 1, 1)]
    [InlineData("2026-03-10T00:00:00+09:00", 2026, 3, 10)]
    public void DateOf_gives_the_seoul_day(string moment, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), SeoulTime.DateOf(At(moment)));

    [Theory]
    [InlineData("2026-03-09T14:59:59Z", "2026-03-10T00:00:00+09:00")]
    [InlineData("2026-03-09T15:00:00Z", "2026-03-11T00:00:00+09:00")]
    public void NextMidnight_is_after_the_moment(string moment, string expected)
    {
        var midnight = SeoulTime.NextMidnight(At(moment));

        Assert.Equal(At(expected), midnight);
        Assert.Equal(TimeSpan.FromHours(9), midnight.Offset);
        Assert.True(midnight > At(moment));
    }

    [Theory]
    [InlineData("2026-03-10T00:00:00+09:00", "2026-03-10T23:59:59+09:00", 0)]
    [InlineData("2026-03-10T23:59:00+09:00", "2026-03-11T00:01:00+09:00", 1)]
    [InlineData("2026-03-10T12:00:00+09:00", "2026-03-09T23:59:59+09:00", -1)]
    [InlineData("2026-03-10T16:00:00Z", "2026-03-11T10:00:00Z", 0)]
    public void DaysLeft_counts_calendar_days_when_hours_are_few(string now, string deadline, int expected) =>
        Assert.Equal(expected, SeoulTime.DaysLeft(At(now), At(deadline)));
}
