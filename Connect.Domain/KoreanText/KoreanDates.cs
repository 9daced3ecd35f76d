
namespace Connect.Domain.KoreanText;

/// <summary>A period as announced; either end may be missing. Its end is never before its start.</summary>
/// <param name="Start">First moment; the start of the day where no hour is stated.</param>
/// <param name="End">Last moment; 23:59:59 where no hour is stated.</param>
/// <param name="Rolling">상시: there is no end, and that is certain.</param>
public readonly record struct DatePeriod(DateTimeOffset? Start, DateTimeOffset? End, bool Rolling);

/// <summary>
/// Dates as Korean boards write them, always KST. A date that does not exist is refused and never rolled over;
/// a past date is kept, because "closed" and "not announced" are different things. An ambiguous text gives no date: a
/// day without a year, an end before its start.
/// </summary>
public static class KoreanDates
{
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);
    private static readonly TimeOnly EndOfDay = new(23, 59, 59);
    private static readonly string[] Durations = ["간", "이내", "동안", "후", "내"];

    // Open: the text says that the first date is the start of a period, and not a date of another kind or an end.
    private readonly record struct Dates(Moment? Start, Moment? End, bool Open);

    /// <summary>The only or second date of a text: when applications end.</summary>
    public static DateTimeOffset? ParseDeadline(string? text) => ParsePeriod(text).End;

    /// <summary>The only or first date of a text: when something starts or was published.</summary>
    public static DateTimeOffset? ParseStart(string? text) => At(Read(PlainText.ForParsing(text)).Start, TimeOnly.MinValue);

    /// <summary>Both ends of a period. A single date is its end, unless the text says otherwise ("… 부터", "… ~").</summary>
    public static DatePeriod ParsePeriod(string? text)
    {
        var normalized = PlainText.ForParsing(text);
        var dates = Read(normalized);
        if (dates is { Start: { } single, End: null, Open: false })
        {
            dates = new(null, single, false);
        }

        var start = dates.Open ? At(dates.Start, TimeOnly.MinValue) : null;
        var end = At(dates.End, EndOfDay);
        return end < start ? new(start, null, false) : new(start, end, end is null && IsRolling(normalized));
    }

    /// <summary>An hour on its own, as in 접수마감시간 : 18:00. Of "09:00 ~ 18:00" it is the second.</summary>
    public static TimeOnly? ParseTime(string? text)
    {
        var normalized = PlainText.ForParsing(text);
        for (var i = 0; i < normalized.Length; i++)
        {
            var cursor = new TextCursor(normalized, i);
            if (Hours.TryRead(ref cursor, out var time))
            {
                return TakeUntil(ref cursor, out var until) ? until : time;
            }
        }

        return null;
    }

    /// <summary>Whether the text says that applications are taken at any time.</summary>
    public static bool IsRolling(string? text) =>
        text is not null && (Says(text, "상시") || Says(text, "수시") || Says(text, "소진") || text.Trim() is "연중");

    private static Dates Read(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) && text[i] != '\'')
            {
                continue;
            }

            // A month and a day without a year, and no first date with one: the year is unknown.
            var cursor = new TextCursor(text, i);
            var reading = Moments.Read(ref cursor, null, out var first);
            if (reading != MomentReading.None)
            {
                return Continue(text, i, cursor, reading == MomentReading.Found ? first : null);
            }
        }

        return default;
    }

    private static Dates Continue(string text, int index, TextCursor cursor, Moment? first)
    {
        if (text.AsSpan(Math.Max(0, index - 4), Math.Min(4, index)).TrimEnd().EndsWith('~'))
        {
            return new(null, LastHour(ref cursor, first), false);
        }

        var next = cursor;
        if (TakeSeparator(ref next, out var isStart))
        {
            var second = Second(next, first);
            if (second is not null || isStart)
            {
                return new(first, second, true);
            }
        }

        return MomentWords.NameEnd(text, index, cursor) ? new(null, first, false)
            : MomentWords.NameOther(text, index, cursor) ? new(first, NamedEnd(text, cursor.Position), false)
            : new(first, null, false);
    }

    private static Moment? Second(TextCursor cursor, Moment? first)
    {
        if (Moments.Read(ref cursor, first?.Date, out var second) is var reading and not MomentReading.None)
        {
            return reading == MomentReading.Found ? LastHour(ref cursor, second) : null;
        }

        if (first is not { } start)
        {
            return null;
        }

        // "2025.03.15 09:00 ~ 18:00": one day, two hours.
        if (Hours.TryRead(ref cursor, out var time))
        {
            return start with { Time = time };
        }

        // "2025년 3월 15일 ~ 20일", but not "15일간".
        if (!cursor.TakeNumber(1, 2, out var number) || !cursor.Take('일') || cursor.Rest(3).ContainsAny(Durations))
        {
            return null;
        }

        var exists = number >= start.Date.Day && number <= DateTime.DaysInMonth(start.Date.Year, start.Date.Month);
        return exists ? new Moment(new(start.Date.Year, start.Date.Month, number), MomentHours.Read(ref cursor)) : null;
    }

    // "공고 2025.03.01, 마감 2025.04.15".
    private static Moment? NamedEnd(string text, int index)
    {
        for (; index < text.Length; index++)
        {
            var cursor = new TextCursor(text, index);
            if (char.IsAsciiDigit(text[index]) && Moments.Read(ref cursor, null, out var moment) == MomentReading.Found)
            {
                return MomentWords.NameEnd(text, index, cursor) ? moment : null;
            }
        }

        return null;
    }

    // "~ 2025.04.15 09:00~18:00": of the hours of its days the last one counts.
    private static Moment? LastHour(ref TextCursor cursor, Moment? moment) =>
        moment is { Time: not null } last && TakeUntil(ref cursor, out var until) ? last with { Time = until } : moment;

    private static bool TakeUntil(ref TextCursor cursor, out TimeOnly? time)
    {
        time = null;
        var next = cursor;
        return TakeSeparator(ref next, out _) && Hours.TryRead(ref next, out time);
    }

    // Every separator but a dash means that the date before it is a start. A dash may join two dates or be only a dash.
    private static bool TakeSeparator(ref TextCursor cursor, out bool isStart)
    {
        cursor.Skip(4, " \n.,)]");
        isStart = cursor.TakeAny(["부터", "이후", "접수시작", "접수 시작", "시작", "에서"]);
        cursor.SkipBlanks(2);
        isStart |= cursor.Current == '~';
        var sign = cursor.TakeAny("~-→");
        cursor.Skip(3, " \n(");
        return isStart || sign;
    }

    // Not 비상시, not 평상시, not the staff of 상시근로자.
    private static bool Says(string text, string word)
    {
        var index = text.IndexOf(word, StringComparison.Ordinal);
        return index >= 0 && (index == 0 || text[index - 1] is not ('비' or '평'))
            && !text.AsSpan(index + word.Length).TrimStart().StartsWith("근로", StringComparison.Ordinal);
    }

    private static DateTimeOffset? At(Moment? moment, TimeOnly otherwise) =>
        moment is { } known ? new(known.Date.ToDateTime(known.Time ?? otherwise), Kst) : null;
}
