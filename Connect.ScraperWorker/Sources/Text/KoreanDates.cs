using System.Globalization;
using System.Text.RegularExpressions;
using Connect.Core.Classification;

namespace Connect.ScraperWorker.Sources.Text;

/// <summary>A period as announced; either end may be missing.</summary>
/// <param name="Start">First moment; the start of the day where no hour is stated.</param>
/// <param name="End">Last moment; 23:59:59 where no hour is stated.</param>
/// <param name="Rolling">상시: there is no end, and that is certain.</param>
internal readonly record struct DatePeriod(DateTimeOffset? Start, DateTimeOffset? End, bool Rolling);

/// <summary>
/// Dates as Korean boards write them, always KST. A date that does not exist is refused and never rolled over;
/// a past date stays what it is, because "closed" and "not announced" are different things.
/// </summary>
internal static partial class KoreanDates
{
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);
    private static readonly TimeOnly EndOfDay = new(23, 59, 59);

    /// <summary>The only or second date of a text: when applications end.</summary>
    public static DateTimeOffset? ParseDeadline(string? text)
    {
        var moments = Read(PlainText.ForParsing(text));
        return moments.End is { } end ? At(end, EndOfDay)
            : moments is { Start: { } single, Open: false } ? At(single, EndOfDay)
            : null;
    }

    /// <summary>The only or first date of a text: when something starts or was published.</summary>
    public static DateTimeOffset? ParseStart(string? text) =>
        Read(PlainText.ForParsing(text)).Start is { } start ? At(start, TimeOnly.MinValue) : null;

    /// <summary>Both ends of a period. A single date is its end, unless the text says otherwise ("… 부터", "… ~").</summary>
    public static DatePeriod ParsePeriod(string? text)
    {
        var normalized = PlainText.ForParsing(text);
        var moments = Read(normalized);
        if (moments is { Start: { } single, End: null, Open: false })
        {
            moments = new(null, single, false);
        }

        var end = moments.End is { } e ? At(e, EndOfDay) : null;
        return new(moments.Start is { } s ? At(s, TimeOnly.MinValue) : null, end, end is null && IsRolling(normalized));
    }

    /// <summary>An hour on its own, as in 접수마감시간 : 18:00.</summary>
    public static TimeOnly? ParseTime(string? text) =>
        HourRegex().Match(PlainText.ForParsing(text)) is { Success: true } match ? Time(match) : null;

    /// <summary>Whether the text says that applications are taken at any time.</summary>
    public static bool IsRolling(string? text) =>
        text is not null && (text.Contains("상시", StringComparison.Ordinal) || text.Contains("수시", StringComparison.Ordinal)
            || text.Contains("소진", StringComparison.Ordinal));

    private static Moments Read(string text)
    {
        // A month and a day without a year, and no first date to take the year from: nobody knows which year.
        var first = MomentRegex().Match(text);
        while (first.Success && !first.Groups["y"].Success)
        {
            first = first.NextMatch();
        }

        if (!first.Success || Date(first, null) is not { } start)
        {
            return default;
        }

        var startMoment = new Moment(start, Time(first));
        if (text.AsSpan(0, first.Index).TrimEnd().EndsWith('~'))
        {
            return new(null, startMoment, false);
        }

        var rest = text[(first.Index + first.Length)..];
        if (SeparatorRegex().Match(rest) is not { Success: true } separator)
        {
            return new(startMoment, null, false);
        }

        var second = MomentRegex().Match(rest, separator.Length);
        if (!second.Success || second.Index != separator.Length)
        {
            return new(startMoment, DayOnly(rest[separator.Length..], startMoment), true);
        }

        return new(startMoment, Date(second, start) is { } end ? new Moment(end, Time(second)) : null, true);
    }

    private static Moment? DayOnly(string text, Moment start)
    {
        var match = DayRegex().Match(text);
        if (!match.Success)
        {
            // "2025.03.15 09:00 ~ 18:00": one day, two hours.
            return HourRegex().Match(text) is { Success: true, Index: 0 } hour ? start with { Time = Time(hour) } : null;
        }

        return Create(start.Date.Year, start.Date.Month, Number(match, "d")) is { } date ? new Moment(date, Time(match)) : null;
    }

    private static DateOnly? Date(Match match, DateOnly? start)
    {
        var (month, day) = (Number(match, "m"), Number(match, "d"));
        if (match.Groups["y"] is { Success: true } written)
        {
            var year = int.Parse(written.ValueSpan.TrimStart('\''), CultureInfo.InvariantCulture);
            return Create(year < 100 ? 2000 + year : year, month, day);
        }

        // "2025.12.20 ~ 01.15" ends in the year after.
        return Create(start!.Value.Year, month, day) is { } sameYear && sameYear < start
            ? Create(sameYear.Year + 1, month, day)
            : Create(start.Value.Year, month, day);
    }

    private static DateOnly? Create(int year, int month, int day) =>
        year is >= 1900 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static TimeOnly? Time(Match match)
    {
        if (!match.Groups["h"].Success)
        {
            return null;
        }

        var hour = Number(match, "h");
        var minute = match.Groups["min"].Success ? Number(match, "min") : 0;
        if (match.Groups["half"].Value is "오후" && hour < 12)
        {
            hour += 12;
        }

        return (hour, minute) switch
        {
            (24, 0) => EndOfDay,
            ( <= 23, <= 59) => new TimeOnly(hour, minute),
            _ => null,
        };
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static DateTimeOffset? At(Moment moment, TimeOnly otherwise) =>
        new(moment.Date.ToDateTime(moment.Time ?? otherwise), Kst);

    private readonly record struct Moment(DateOnly Date, TimeOnly? Time);

    // Open: a separator followed the first date, so that it is certainly not the end.
    private readonly record struct Moments(Moment? Start, Moment? End, bool Open);

    private const string Hour = @"(?:(?<half>오전|오후)\s{0,2})?(?<h>[0-9]{1,2})(?:\s?:\s?(?<min>[0-9]{2})(?::[0-9]{2})?|\s?시(?:\s?(?<min>[0-9]{1,2})\s?분)?)";

    private const string Weekday = @"(?:\s{0,2}\(\s?[월화수목금토일](?:요일)?\s?\))?";

    [GeneratedRegex(
        @"(?<![0-9.,])(?:(?<y>(?:19|20)[0-9]{2}|'[0-9]{2})\s{0,2}[.년/-]\s{0,2})?(?<m>[0-9]{1,2})\s{0,2}[.월/-]\s{0,2}(?<d>[0-9]{1,2})(?![0-9])"
        + @"(?:\s?일)?\.?" + Weekday + @"(?:[\s,]{0,3}" + Hour + ")?",
        RegexOptions.CultureInvariant)]
    private static partial Regex MomentRegex();

    [GeneratedRegex(@"\A(?<d>[0-9]{1,2})\s?일" + Weekday + @"(?:[\s,]{0,3}" + Hour + ")?", RegexOptions.CultureInvariant)]
    private static partial Regex DayRegex();

    [GeneratedRegex(@"\A[\s.,]{0,3}(?:부터\s{0,2}~?|~|-)\s{0,3}", RegexOptions.CultureInvariant)]
    private static partial Regex SeparatorRegex();

    [GeneratedRegex("(?<![0-9])" + Hour, RegexOptions.CultureInvariant)]
    private static partial Regex HourRegex();
}
