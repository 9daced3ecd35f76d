using System.Globalization;
using Connect.Domain.KoreanText;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Ranges of dates: every sign between them, years and months left out, and contradictions.</summary>
public sealed class KoreanPeriodsTests
{
    private const string Start = "2025-03-15T00:00:00";

    [Theory]
    [InlineData("2025. 3. 15.(토) 09:00 ~ 2025. 4. 15.(화) 18:00 까지", "2025-03-15T09:00:00", "2025-04-15T18:00:00")]
    [InlineData("2025.03.15(금) ~ 04.15(월) 18:00까지", Start, "2025-04-15T18:00:00")]
    [InlineData("2025.03.15(금) ~ 04.15(월) 17시", Start, "2025-04-15T17:00:00")]
    [InlineData("2025.03.15(금) ~ 04.15(월) 23시 59분", Start, "2025-04-15T23:59:00")]
    [InlineData("2025.03.15(금) ~ 04.15(월) 정오", Start, "2025-04-15T12:00:00")]
    [InlineData("'25.3.15 ~ '25.4.15", Start, "2025-04-15T23:59:59")]
    [InlineData("’25.3.15.(토) ∼ ’25.4.15.(화) 18:00", Start, "2025-04-15T18:00:00")]
    [InlineData("'25.3.15 ~ 4.15", Start, "2025-04-15T23:59:59")]
    [InlineData("25.03.15 ~ 25.04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("25.03.15~25.04.15 18:00", Start, "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 ~ 25.04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.11.05 ~ 12.05.18:00", "2025-11-05T00:00:00", "2025-12-05T18:00:00")]
    [InlineData("2025. 11. 5. ~ 12. 5. 18시", "2025-11-05T00:00:00", "2025-12-05T18:00:00")]
    [InlineData("2025-03-15T09:00 ~ 2025-04-15T18:00", "2025-03-15T09:00:00", "2025-04-15T18:00:00")]
    [InlineData("2025-03-15 00:00:00.0 ~ 2025-04-15 00:00:00.0", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u301C 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \uFF5E 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u223C 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u02DC 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u2053 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u2013 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u2014 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 \u2212 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 → 04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("２０２５．０３．１５　～　０４．１５　１８：００", Start, "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 ~\n2025.04.15", Start, "2025-04-15T23:59:59")]
    [InlineData("(2025.03.15) ~ (2025.04.15)", Start, "2025-04-15T23:59:59")]
    [InlineData("2025년 3월 15일(토)부터 4월 15일(화)까지", Start, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15(토) 09시부터 ~ 04.15(화) 18시까지", "2025-03-15T09:00:00", "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 09:00 시작 ~ 04.15 18:00 마감", "2025-03-15T09:00:00", "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 ~ 2025.04.15 09:00~18:00", Start, "2025-04-15T18:00:00")]
    [InlineData("2025.03.15 ~ 18:00", Start, "2025-03-15T18:00:00")]
    [InlineData("2025.03.15 ~ 20일(목) 18:00", Start, "2025-03-20T18:00:00")]
    [InlineData("2025.12.20 ~ 2026.01.15", "2025-12-20T00:00:00", "2026-01-15T23:59:59")]
    [InlineData("2025년 12월 20일 ~ 1월 15일 18:00", "2025-12-20T00:00:00", "2026-01-15T18:00:00")]
    [InlineData("2027.12.20 ~ 02.29", "2027-12-20T00:00:00", "2028-02-29T23:59:59")]
    [InlineData("2025.03.15 ~ 04.15 (예산 소진 시 조기 마감)", Start, "2025-04-15T23:59:59")]
    [InlineData("1차: 2025.03.15 ~ 03.31, 2차: 2025.06.01 ~ 06.30", Start, "2025-03-31T23:59:59")]
    [InlineData("2025.03.15 - 방문 접수는 2025.04.15", null, "2025-04-15T23:59:59")]
    [InlineData("2025.03.15 ~ 20", Start, "2025-03-20T23:59:59")]
    [InlineData("2025.02.31 (연장 2025.03.05)", null, "2025-03-05T23:59:59")]
    [InlineData("공고일 2025.03.01, 마감일 2025.04.15", null, "2025-04-15T23:59:59")]
    [InlineData("시작일: 2025.03.01 마감일: 2025.04.15 18:00", null, "2025-04-15T18:00:00")]
    [InlineData("2025.04.15 접수마감 (발표 2025.06.01까지)", null, "2025-04-15T23:59:59")]
    [InlineData("04.01 ~ 2025.04.15", null, "2025-04-15T23:59:59")]
    [InlineData("2025.02.31 ~ 2025.04.15", null, "2025-04-15T23:59:59")]
    [InlineData("상시 접수 (2025.12.31까지)", null, "2025-12-31T23:59:59")]
    public void Period_has_the_ends_that_the_text_states(string text, string? start, string? end)
    {
        Assert.Equal(new DatePeriod(Korean(start), Korean(end), Rolling: false), KoreanDates.ParsePeriod(text));
        Assert.Equal(Korean(end), KoreanDates.ParseDeadline(text));
    }

    [Theory]
    [InlineData("2025.03.15 ~ 추후 공지")]
    [InlineData("2025.03.15부터")]
    [InlineData("2025.03.15 이후")]
    [InlineData("2025.03.15 ~")]
    [InlineData("2025.03.15 ~ 2025.04")]
    [InlineData("2025.03.15 ~ 15일간")]
    [InlineData("2025.03.15부터 30일간")]
    [InlineData("2025.03.15부터 30일 이내")]
    [InlineData("2025.03.15 ~ 30일내")]
    [InlineData("2025.03.15 ~ 20%")]
    [InlineData("2025.03.15 ~ 20 기업")]
    [InlineData("2025.03.15 ~ 2개월")]
    [InlineData("2025.03.15 ~ 14일")]
    [InlineData("2025.03.15 ~ 32일")]
    [InlineData("2025.03.15 ~ 02.30")]
    [InlineData("2027.03.15 ~ 2027.02.29")]
    [InlineData("2025.03.15 ~ 2025.03.14")]
    [InlineData("2025.03.15 ~ 2024.04.15")]
    [InlineData("2025.03.15 18:00 ~ 2025.03.15 09:00")]
    [InlineData("2025.03.15 18:00 ~ 09:00")]
    public void End_is_unknown_when_the_text_leaves_it_out_or_contradicts_itself(string text)
    {
        var period = KoreanDates.ParsePeriod(text);

        Assert.NotNull(period.Start);
        Assert.Equal((null, false), (period.End, period.Rolling));
        Assert.Null(KoreanDates.ParseDeadline(text));
    }

    [Theory]
    [InlineData("상시", true)]
    [InlineData("상시접수", true)]
    [InlineData("연중 수시 모집", true)]
    [InlineData("연중", true)]
    [InlineData("2025.03.15 ~ 상시", true)]
    [InlineData("자금 소진 시까지", true)]
    [InlineData("연중 2회", false)]
    [InlineData("비상시 연락처", false)]
    [InlineData("상시근로자 50인 미만", false)]
    [InlineData("별도 공지", false)]
    [InlineData(null, false)]
    public void Period_is_rolling_when_applications_are_taken_at_any_time(string? text, bool expected) =>
        Assert.Equal((null, expected), (KoreanDates.ParsePeriod(text).End, KoreanDates.ParsePeriod(text).Rolling));

    private static DateTimeOffset? Korean(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text + "+09:00", CultureInfo.InvariantCulture);
}
