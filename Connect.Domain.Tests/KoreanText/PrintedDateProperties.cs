using System.Globalization;
using Connect.Domain.KoreanText;
using FsCheck;
using FsCheck.Fluent;

namespace Connect.Domain.Tests.KoreanText;

/// <summary>Any real date from 1990 to 2099 is read back from every form in which it can be written.</summary>
public sealed class PrintedDateProperties
{
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    private static readonly string[] Dates =
    [
        "yyyy.MM.dd", "yyyy. M. d.", "yyyy.M.d", "yyyy-MM-dd", "yyyy-M-d", "yyyy/MM/dd", "yyyy/M/d", "yyyy년 M월 d일", "yyyy년M월d일", "yyyy년 MM월 dd일",
        "yyyy년도 M월 d일", "''yy.M.d", "''yy. M. d.", "’yy.MM.dd", "′yy.M.d.", "yy.MM.dd", "yy. M. d.", "yy-MM-dd", "yy/MM/dd", "yy년 M월 d일",
    ];

    private static readonly string[] DatesWithoutYear = ["MM.dd", "M. d.", "M.d", "M/d", "M월 d일", "M월d일", "MM월 dd일"];
    private static readonly string[] Weekdays = ["", "", "(ddd)", " (ddd)", "(dddd)", " dddd"];
    private static readonly string[] Hours = [" HH:mm", " H시 m분", ", HH:mm", " (HH:mm)", " tt h시 m분", " tt h:mm", " HH:mm:ss", " HH시mm분"];
    private static readonly string[] Separators = [" ~ ", "~", " ∼ ", " ～ ", " 〜 ", "∼", " – ", " — ", " - ", " → ", "부터 ", "부터 ~ ", " ~\n"];
    private static readonly string[] Ends = ["", "까지", " 까지"];

    private static readonly CultureInfo Korean = new("ko-KR");

    private static readonly Gen<DateOnly> AnyDay =
        from number in Gen.Choose(new DateOnly(1990, 1, 1).DayNumber, new DateOnly(2099, 12, 31).DayNumber)
        select DateOnly.FromDayNumber(number);

    // Midnight is read as no hour, so it has a test of its own.
    private static readonly Gen<TimeOnly?> AnyHour = Gen.Frequency(
        (1, Gen.Constant<TimeOnly?>(null)),
        (2, Gen.Choose(1, (24 * 60) - 1).Select(minute => (TimeOnly?)TimeOnly.MinValue.AddMinutes(minute))));

    private static readonly Gen<Written> AnyDate =
        from day in AnyDay
        from hour in AnyHour
        from form in Gen.Elements(day.Year < 2000 ? Dates[..11] : Dates)
        from weekday in Gen.Elements(Weekdays)
        from hourForm in Gen.Elements(Hours)
        select Write(day, hour, form, weekday, hourForm);

    private static readonly Gen<(Written Start, Written End, string Separator)> AnyPeriod =
        from start in AnyDate
        from days in Gen.Choose(1, 364)
        from hour in AnyHour
        from weekday in Gen.Elements(Weekdays)
        from hourForm in Gen.Elements(Hours)
        from separator in Gen.Elements(Separators)
        let day = start.Day.AddDays(days)
        from form in Gen.Elements([.. DatesWithoutYear, .. day.Year is < 2000 or > 2099 ? Dates[..11] : Dates])
        select (start, Write(day, hour, form, weekday, hourForm), separator);

    private sealed record Written(string Text, DateOnly Day, TimeOnly? Hour)
    {
        public DateTimeOffset AsStart => new(Day.ToDateTime(Hour ?? TimeOnly.MinValue), Kst);

        public DateTimeOffset AsEnd => new(Day.ToDateTime(Hour ?? new TimeOnly(23, 59, 59)), Kst);
    }

    [Fact]
    public void Date_is_read_back_when_it_stands_alone() =>
        Prop.ForAll(Arb.From(AnyDate), written =>
        {
            Same(written.AsEnd, KoreanDates.ParseDeadline(written.Text), written.Text);
            Same(written.AsStart, KoreanDates.ParseStart(written.Text), written.Text);
            Same(written.AsEnd, KoreanDates.ParseDeadline($"마감: {written.Text} 까지 (도착분)"), written.Text);
            Same(written.AsEnd, KoreanDates.ParseDeadline("~ " + written.Text), written.Text);
        }).Check(Thorough);

    [Fact]
    public void Period_is_read_back_with_or_without_its_second_year() =>
        Prop.ForAll(Arb.From(AnyPeriod), Arb.From(Gen.Elements(Ends)), (period, until) =>
        {
            var text = period.Start.Text + period.Separator + period.End.Text + until;
            var read = KoreanDates.ParsePeriod(text);
            Same(period.Start.AsStart, read.Start, text);
            Same(period.End.AsEnd, read.End, text);
        }).Check(Thorough);

    [Fact]
    public void Date_is_read_back_when_it_is_iso_in_any_zone() =>
        Prop.ForAll(Arb.From(AnyDay), Arb.From(Gen.Choose(1, (24 * 60) - 1)), Arb.From(Gen.Choose(-12, 14)), (day, minute, zone) =>
        {
            var moment = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue.AddMinutes(minute)), Kst);
            var form = zone == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:sszzz";
            var text = moment.ToOffset(TimeSpan.FromHours(zone)).ToString(form, CultureInfo.InvariantCulture);
            Same(moment, KoreanDates.ParseDeadline(text), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Day_that_no_calendar_has_is_refused() =>
        Prop.ForAll(Arb.From(Gen.Choose(1990, 2099)), Arb.From(Gen.Choose(0, 99)), Arb.From(Gen.Choose(0, 99)), (year, month, day) =>
        {
            var exists = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
            foreach (var text in new[] { $"{year}.{month:00}.{day:00}", $"{year}년 {month}월 {day}일", $"{year}-{month}-{day} 18:00" })
            {
                Assert.True(exists == KoreanDates.ParseDeadline(text) is not null, text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    private static Written Write(DateOnly day, TimeOnly? hour, string form, string weekday, string hourForm)
    {
        var moment = day.ToDateTime(hour ?? TimeOnly.MinValue);
        var text = moment.ToString(form + weekday, Korean);
        return new(hour is null ? text : text + moment.ToString(hourForm, Korean), day, hour);
    }

    private static void Same(DateTimeOffset expected, DateTimeOffset? actual, string text) =>
        Assert.True(expected == actual && actual?.Offset == Kst, $"\"{text}\" was read as {actual:O} instead of {expected:O}");
}
