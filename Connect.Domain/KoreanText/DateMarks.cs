namespace Connect.Domain.KoreanText;

/// <summary>A date of a text.</summary>
/// <param name="Moment">The date; null where there is no such day.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, weekday, hour and notes included.</param>
/// <param name="Join">What stands between the date before and this one.</param>
/// <param name="IsHour">Only an hour, of the day before: "~ 18:00".</param>
internal readonly record struct DateMark(Moment? Moment, int Start, int End, DateJoin Join, bool IsHour);

/// <summary>Finds the dates of a text. Behind a date that it is joined to, a date may leave out its year or its month.</summary>
internal static class DateMarks
{
    // A text with more is a table or a list of news: no period can be told from it.
    private const int Most = 24;

    // A date that replaces another one may be earlier, but is of the same year or the next.
    private const int DaysBack = 180;

    // "2025.03.22(금) 18:00까지 연장".
    private const int LongestDate = 28;

    private static readonly string[] Durations = ["간", "이내", "동안", "후", "내"];

    public static List<DateMark> Find(string text)
    {
        List<DateMark> marks = [];
        for (var i = 0; i < text.Length && marks.Count < Most; i++)
        {
            if (!char.IsAsciiDigit(text[i]) && text[i] != '\'')
            {
                continue;
            }

            var cursor = new TextCursor(text, i);
            if (Read(text, ref cursor, marks.Count == 0 ? null : marks[^1]) is { } mark)
            {
                marks.Add(mark);
                i = Math.Max(i, mark.End - 1);
            }
        }

        return marks;
    }

    private static DateMark? Read(string text, ref TextCursor cursor, DateMark? before)
    {
        var start = cursor;
        DateJoin join = default;
        if (before is { } previous && start.Position - previous.End <= DateJoin.Longest)
        {
            join = DateJoin.Of(text.AsSpan(previous.End, start.Position - previous.End), start.Rest(LongestDate));
            if (previous.Moment is { } known && join.IsUnderstood
                && ReadJoined(ref cursor, known, join) is { } joined)
            {
                return joined with { Start = start.Position, End = cursor.Position, Join = join };
            }

            cursor = start;
        }

        return Moments.Read(ref cursor, null, out var moment) switch
        {
            MomentReading.Found => new(moment, start.Position, cursor.Position, join, IsHour: false),
            MomentReading.Impossible => new(null, start.Position, cursor.Position, join, IsHour: false),

            // A month and a day behind a date that does not exist: its year is unknown.
            _ => before is { Moment: null } && join.IsRange && Moments.Read(ref cursor, DateOnly.MinValue, out _) != MomentReading.None
                ? new(null, start.Position, cursor.Position, join, IsHour: false)
                : null,
        };
    }

    private static DateMark? ReadJoined(ref TextCursor cursor, Moment known, DateJoin join)
    {
        var start = cursor;
        var first = join.IsChange ? known.Date.AddDays(-Math.Min(DaysBack, known.Date.DayNumber)) : known.Date;
        switch (Moments.Read(ref cursor, first, out var moment))
        {
            case MomentReading.Found:
                return new(moment, 0, 0, join, IsHour: false);
            case MomentReading.Impossible:
                return new(null, 0, 0, join, IsHour: false);
        }

        cursor = start;
        if (!(join.IsRange || join.IsArrow) || char.IsAsciiDigit(cursor.Previous))
        {
            return null;
        }

        // "2025.03.15 09:00 ~ 18:00": one day, two hours.
        if (Hours.TryRead(ref cursor, out var time))
        {
            return new(known with { Time = time }, 0, 0, join, IsHour: true);
        }

        cursor = start;
        return ReadDay(ref cursor, known.Date);
    }

    // "2025년 3월 15일 ~ 20일", "2025. 2. 10.(월) ~ 17.(월)", but not "15일간" and not "~ 2개월".
    private static DateMark? ReadDay(ref TextCursor cursor, DateOnly known)
    {
        if (!cursor.TakeNumber(1, 2, out var number))
        {
            return null;
        }

        if (cursor.Take('일') ? cursor.Rest(3).ContainsAny(Durations) : !EndsDay(cursor))
        {
            return null;
        }

        var exists = number >= known.Day && number <= DateTime.DaysInMonth(known.Year, known.Month);
        var date = exists ? new DateOnly(known.Year, known.Month, number) : (DateOnly?)null;
        var moment = MomentHours.ReadAfter(ref cursor, date);
        return new(moment, 0, 0, default, IsHour: false);
    }

    private static bool EndsDay(TextCursor cursor)
    {
        var rest = cursor.Rest(8).TrimStart(" \n");
        if (rest.IsEmpty || rest.StartsWith("까지", StringComparison.Ordinal) || rest[0] is ',' or '(' or ')' or '[' or ']')
        {
            return true;
        }

        if (rest[0] is '.')
        {
            return rest.Length == 1 || !char.IsAsciiDigit(rest[1]);
        }

        cursor.SkipBlanks(2);
        return cursor.Previous is ' ' && Hours.TryRead(ref cursor, out _);
    }
}
