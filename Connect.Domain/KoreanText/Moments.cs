namespace Connect.Domain.KoreanText;

/// <summary>A date as written, with its hour where one is stated.</summary>
internal readonly record struct Moment(DateOnly Date, TimeOnly? Time);

/// <summary>Result of reading a date at a place of a text.</summary>
internal enum MomentReading
{
    /// <summary>Nothing that is written like a date.</summary>
    None,

    /// <summary>A date that does not exist: 2025.02.31.</summary>
    Impossible,

    /// <summary>A date.</summary>
    Found,
}

/// <summary>
/// Reads one date with weekday and hour: 2025.03.15 · 2025. 3. 15.(토) 18:00 · 2025년 3월 15일 17시 · '25.3.15 · 25.03.15 ·
/// 2025-03-15T18:00 · 20250315. Two digits are a year of this century.
/// </summary>
internal static class Moments
{
    // Bare: two digits without an apostrophe or 년, which may be something other than a year.
    private readonly record struct Year(int Number, bool Bare, char Separator);

    private readonly record struct Day(int Month, int Number, char Separator);

    /// <summary>
    /// Reads the date at the cursor, which is moved behind it. Where <paramref name="first"/> is known the year may be
    /// left out: it is the first one's, or the next where the day would else be before it ("2025.12.20 ~ 01.15").
    /// </summary>
    public static MomentReading Read(ref TextCursor cursor, DateOnly? first, out Moment moment)
    {
        moment = default;
        var start = cursor;
        if (!BeginsNumber(start))
        {
            return MomentReading.None;
        }

        if (TakeYear(ref cursor, out var year) && TakeDay(ref cursor, out var day)
            && (!year.Bare || IsPlausible(year, day, start, cursor, first)))
        {
            return Complete(ref cursor, Create(year.Number, day), day, out moment);
        }

        cursor = start;
        if (TakeCompact(ref cursor, isJoined: first is not null, out year, out day))
        {
            return Complete(ref cursor, Create(year.Number, day), day, out moment);
        }

        cursor = start;
        if (first is { } known && TakeDay(ref cursor, out day))
        {
            var before = (day.Month, day.Number).CompareTo((known.Month, known.Day)) < 0;
            return Complete(ref cursor, Create(before ? known.Year + 1 : known.Year, day), day, out moment);
        }

        cursor = start;
        return MomentReading.None;
    }

    private static bool BeginsNumber(TextCursor cursor) =>
        !char.IsAsciiDigit(cursor.Previous) && !(cursor.Previous is '.' or ',' && char.IsAsciiDigit(cursor.Ahead(-2)));

    private static bool TakeYear(ref TextCursor cursor, out Year year)
    {
        var marked = cursor.Take('\'');
        var isFull = !cursor.TakeNumber(2, 2, out var number);
        if (isFull && !(cursor.TakeNumber(4, 4, out number) && number is >= 1900 and <= 2100))
        {
            year = default;
            return false;
        }

        cursor.SkipBlanks(2);
        var separator = cursor.Current;
        year = new(isFull ? number : 2000 + number, !isFull && !marked && separator != '년', separator);
        if (!cursor.TakeAny(".-/년"))
        {
            return false;
        }

        _ = separator == '년' && cursor.Take('도');
        _ = separator == '년' && cursor.Take('.');
        cursor.SkipBlanks(2);
        return true;
    }

    // Any eight digits may be a number, so only those that are a day of these years count.
    private static bool TakeCompact(ref TextCursor cursor, bool isJoined, out Year year, out Day day)
    {
        (year, day) = (default, default);
        if (char.IsAsciiLetter(cursor.Previous) || cursor.Previous is '제' || (cursor.Previous is '-' && !isJoined)
            || !cursor.TakeNumber(8, 8, out var digits))
        {
            return false;
        }

        year = new(digits / 10_000, Bare: false, '\0');
        day = new(digits / 100 % 100, digits % 100, '\0');
        return year.Number is >= 1990 and <= 2100 && Create(year.Number, day) is not null
            && !(cursor.Current is '-' && char.IsAsciiDigit(cursor.Ahead(1)) && !char.IsAsciiDigit(cursor.Ahead(8)))
            && cursor.Current is not ('호' or '원' or '건' or '명' or '개');
    }

    private static bool TakeDay(ref TextCursor cursor, out Day day)
    {
        day = default;
        if (!cursor.TakeNumber(1, 2, out var month))
        {
            return false;
        }

        cursor.SkipBlanks(2);
        var separator = cursor.Current;
        if (!cursor.TakeAny(".-/월"))
        {
            return false;
        }

        _ = separator == '월' && cursor.Take('.');
        cursor.SkipBlanks(2);
        if (!cursor.TakeNumber(1, 2, out var number))
        {
            return false;
        }

        day = new(month, number, separator);
        var sign = cursor;
        sign.SkipBlanks(1);
        if (sign.Take('일') && sign.Current != '요')
        {
            cursor = sign;
        }

        // "3월 15일간" is a duration.
        return cursor.Current != '간' && cursor.Current is not ('억' or '만' or '천' or '원' or '%' or '호');
    }

    // Two digits may also be a version, an address or part of a number, so the rest must have the form of a date.
    private static bool IsPlausible(Year year, Day day, TextCursor start, TextCursor end, DateOnly? first)
    {
        if (year.Separator != day.Separator || Create(year.Number, day) is null || end.Current is ':' or '시'
            || (first is { } known && (year.Number < known.Year || year.Number > known.Year + 2))
            || (first is null && (char.IsAsciiLetter(start.Previous) || start.Previous is '-' or '/' or '.' or ':')))
        {
            return false;
        }

        // "10.20.30.40" is not a date, "25.03.15.18:00" is one.
        return !(end.Current is '.' or '-' or '/' && char.IsAsciiDigit(end.Ahead(1))) || MomentHours.Read(ref end) is not null;
    }

    private static DateOnly? Create(int year, Day day) =>
        year is >= 1900 and <= 2100 && day.Month is >= 1 and <= 12 && day.Number >= 1
        && day.Number <= DateTime.DaysInMonth(year, day.Month)
            ? new DateOnly(year, day.Month, day.Number)
            : null;

    private static MomentReading Complete(ref TextCursor cursor, DateOnly? date, Day day, out Moment moment)
    {
        // The hour of an impossible date is read too, so that the cursor stands behind it and the next date is found.
        var isIso = day.Separator == '-' && cursor.Current is 'T' && char.IsAsciiDigit(cursor.Ahead(1));
        var local = isIso ? MomentHours.ReadIso(ref cursor, date) : MomentHours.ReadAfter(ref cursor, date);
        moment = local ?? default;
        return local is null ? MomentReading.Impossible : MomentReading.Found;
    }
}
