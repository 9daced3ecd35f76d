using Connect.Domain.Series;

namespace Connect.Domain.Tests.Series;

public sealed class NextRoundTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Three_steady_years_are_sure()
    {
        var next = Expected("2024-03-04", "2025-03-10", "2026-03-02");

        Assert.Equal((RoundConfidence.High, 3, 6, false), (next.Confidence, next.Years, next.SpreadDays, next.IsOverdue));
        Assert.Equal((new DateOnly(2027, 2, 18), new DateOnly(2027, 3, 18)), (next.From, next.To));
    }

    [Fact]
    public void Two_years_are_less_sure()
    {
        var next = Expected("2025-03-01", "2026-04-10");

        Assert.Equal((RoundConfidence.Medium, 2, 20), (next.Confidence, next.Years, next.SpreadDays));
        Assert.InRange(new DateOnly(2027, 3, 20), next.From, next.To);
    }

    [Fact]
    public void One_year_gives_a_wide_window_a_year_later()
    {
        var next = Expected("2026-05-20");

        Assert.Equal((RoundConfidence.Low, 1), (next.Confidence, next.Years));
        Assert.Equal((new DateOnly(2027, 4, 5), new DateOnly(2027, 7, 4)), (next.From, next.To));
    }

    [Fact]
    public void Years_far_apart_are_not_sure() => Assert.Equal(RoundConfidence.Low, Expected("2024-01-20", "2025-09-10", "2026-04-10").Confidence);

    [Fact]
    public void Missing_years_are_not_sure() => Assert.Equal(RoundConfidence.Low, Expected("2022-03-04", "2024-03-04", "2026-03-04").Confidence);

    [Fact]
    public void Expected_round_that_did_not_come_moves_on_and_is_less_sure()
    {
        var next = Expected("2023-03-04", "2024-03-10", "2025-03-02");

        Assert.Equal((RoundConfidence.Medium, true, 2027), (next.Confidence, next.IsOverdue, next.From.Year));
    }

    [Fact]
    public void Series_that_ended_long_ago_is_not_sure()
    {
        var next = Expected("2018-03-04", "2019-03-10", "2020-03-02");

        Assert.Equal((RoundConfidence.Low, true, 2027), (next.Confidence, next.IsOverdue, next.From.Year));
    }

    [Fact]
    public void Window_that_has_begun_begins_today()
    {
        var next = Expected("2023-12-01", "2024-12-05", "2025-12-03");

        Assert.Equal((new DateOnly(2026, 11, 30), new DateOnly(2026, 12, 17), RoundConfidence.High), (next.From, next.To, next.Confidence));
    }

    [Fact]
    public void Rounds_around_new_year_are_one_pattern()
    {
        var next = Expected("2023-12-27", "2025-01-05", "2025-12-30");

        Assert.Equal(RoundConfidence.High, next.Confidence);
        Assert.InRange(new DateOnly(2026, 12, 31), next.From, next.To);
    }

    [Fact]
    public void Two_rounds_in_every_year_are_two_patterns()
    {
        var next = Expected("2024-02-10", "2024-09-01", "2025-02-14", "2025-09-03", "2026-02-12");

        // The second one of this year did not come, and the first one of the next year comes first.
        Assert.Equal((RoundConfidence.High, 3, false), (next.Confidence, next.Years, next.IsOverdue));
        Assert.InRange(new DateOnly(2027, 2, 12), next.From, next.To);
    }

    [Fact]
    public void Second_round_of_this_year_is_expected_after_the_first()
    {
        var next = NextRound.Expect(Rounds("2024-02-10", "2024-09-01", "2025-02-14", "2025-09-03", "2026-02-12"), Day("2026-06-01")).Next!;

        Assert.InRange(new DateOnly(2026, 9, 2), next.From, next.To);
        Assert.Equal(RoundConfidence.Medium, next.Confidence);
    }

    [Fact]
    public void Call_published_again_soon_is_no_round_of_its_own() =>
        Assert.Equal(
            Expected("2024-03-04", "2025-03-10", "2026-03-02"),
            Expected("2024-03-04", "2024-04-01", "2025-03-10", "2025-04-11", "2026-03-02"));

    [Fact]
    public void Order_does_not_matter() => Assert.Equal(Expected("2024-03-04", "2025-03-10", "2026-03-02"), Expected("2026-03-02", "2024-03-04", "2025-03-10"));

    [Fact]
    public void Only_the_last_five_years_count() =>
        Assert.Equal((5, RoundConfidence.High), (Expected("2019-10-01", "2020-10-01", "2022-03-04", "2023-03-04", "2024-03-04", "2025-03-10", "2026-03-02") is var next ? (next.Years, next.Confidence) : default));

    [Fact]
    public void Nothing_is_expected_without_dates() =>
        Assert.Equal(new NextRoundAnswer(NextRoundState.NoDates, null), NextRound.Expect([new(null, IsPresent: false)], Now));

    [Fact]
    public void Nothing_is_expected_while_a_round_is_open() =>
        Assert.Equal(new NextRoundAnswer(NextRoundState.Present, null), NextRound.Expect([.. Rounds("2025-03-10"), new(null, IsPresent: true)], Now));

    [Fact]
    public void Nothing_is_expected_when_a_round_is_dated_later() =>
        Assert.Equal(NextRoundState.Present, NextRound.Expect(Rounds("2025-03-10", "2026-12-24"), Now).State);

    [Fact]
    public void Days_are_those_of_Seoul()
    {
        // 15:30 UTC on 31 December is 1 January in Seoul.
        var next = NextRound.Expect([new(new DateTimeOffset(2025, 12, 31, 15, 30, 0, TimeSpan.Zero), IsPresent: false)], Now).Next!;

        Assert.Equal(new DateOnly(2027, 1, 1).AddDays(NextRound.OneYearDays), next.To);
    }

    [Fact]
    public void No_window_is_over()
    {
        var random = new Random(20261130);
        for (var i = 0; i < 2_000; i++)
        {
            var days = Enumerable.Range(0, random.Next(1, 9)).Select(_ => new DateOnly(2015, 1, 1).AddDays(random.Next(4_300)).ToString("O", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var answer = NextRound.Expect(Rounds(days), Now);

            Assert.True(answer.Next is null || (answer.Next.From >= new DateOnly(2026, 11, 30) && answer.Next.To >= answer.Next.From), string.Join(' ', days));
        }
    }

    private static NextRound Expected(params string[] days) => NextRound.Expect(Rounds(days), Now).Next!;

    private static RoundDates[] Rounds(params string[] days) => [.. days.Select(day => new RoundDates(Day(day), IsPresent: false))];

    private static DateTimeOffset Day(string day) => new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(9, 0), TimeSpan.FromHours(9));
}
