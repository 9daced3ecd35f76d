namespace Connect.Domain.KoreanText;

/// <summary>
/// Hours as Korean boards write them: 18:00, 17시, 23시 59분, 오후 6시, 6시 반, 정오, 낮 12시, 6:00 PM. Midnight (자정, 00:00,
/// 오전 12시) says only that the day is over or begins, and boards print 00:00 for dates that have no hour at all. It is
/// therefore read as "no hour stated": the end of the day where something ends, its start where something starts.
/// </summary>
internal static class Hours
{
    private static readonly TimeOnly EndOfDay = new(23, 59, 59);

    private enum Half
    {
        None,
        Morning,
        Afternoon,
        Midday,
        Evening,
        Night,
    }

    /// <summary>Whether an hour stands here; its time is null at midnight and where there is no such hour.</summary>
    public static bool TryRead(ref TextCursor cursor, out TimeOnly? time)
    {
        time = null;
        if (cursor.Take("정오"))
        {
            time = new TimeOnly(12, 0);
            return true;
        }

        if (cursor.Take("자정"))
        {
            return true;
        }

        var start = cursor;
        var half = TakeHalf(ref cursor);
        cursor.SkipBlanks(half == Half.None ? 0 : 2);
        if (char.IsAsciiDigit(cursor.Previous) || !cursor.TakeNumber(1, 2, out var hour)
            || !TakeRest(ref cursor, out var minute, out var second))
        {
            cursor = start;
            return false;
        }

        var suffix = cursor;
        suffix.SkipBlanks(1);
        if (half == Half.None && TakeLatinHalf(ref suffix) is var latin and not Half.None)
        {
            half = latin;
            cursor = suffix;
        }

        time = Of(half, hour, minute, second);
        return true;
    }

    private static Half TakeHalf(ref TextCursor cursor) =>
        cursor.TakeAny(["오전", "새벽", "아침"]) ? Half.Morning
            : cursor.Take("오후") ? Half.Afternoon
            : cursor.Take("낮") ? Half.Midday
            : cursor.Take("저녁") ? Half.Evening
            : cursor.Take("밤") ? Half.Night
            : TakeLatinHalf(ref cursor);

    private static Half TakeLatinHalf(ref TextCursor cursor) =>
        cursor.TakeAny(["AM", "A.M."]) ? Half.Morning : cursor.TakeAny(["PM", "P.M."]) ? Half.Afternoon : Half.None;

    private static bool TakeRest(ref TextCursor cursor, out int minute, out int second)
    {
        (minute, second) = (0, 0);
        var rest = cursor;
        rest.SkipBlanks(1);
        if (rest.Take(':'))
        {
            rest.SkipBlanks(1);
            if (!rest.TakeNumber(2, 2, out minute))
            {
                return false;
            }

            cursor = rest;
            if (rest.Take(':') && rest.TakeNumber(2, 2, out second))
            {
                cursor = rest;
                cursor = rest.Take('.') && rest.TakeNumber(1, 9, out _) ? rest : cursor;
            }

            // "09:00시".
            _ = cursor.Ahead(1) != '간' && cursor.TakeAny("시분");
            return true;
        }

        // 24시간 is a duration, 3시설 are facilities.
        if (!rest.Take('시') || rest.Current is '간' or '설' or '스')
        {
            return false;
        }

        cursor = rest;
        rest.SkipBlanks(1);
        if (rest.Take('반'))
        {
            minute = 30;
            cursor = rest;
        }
        else if (rest.TakeNumber(1, 2, out var written))
        {
            rest.SkipBlanks(1);
            if (rest.Take('분'))
            {
                minute = written;
                cursor = rest;
            }
        }

        return true;
    }

    private static TimeOnly? Of(Half half, int hour, int minute, int second)
    {
        var (isTwelve, isSmall) = (hour == 12, hour < 12);
        int? read = half switch
        {
            Half.Morning => isTwelve ? 0 : isSmall ? hour : null,
            Half.Afternoon => isSmall ? hour + 12 : hour,
            Half.Midday => hour < 7 ? hour + 12 : hour,
            Half.Evening => hour is > 3 and < 12 ? hour + 12 : hour,
            Half.Night => isTwelve ? 0 : hour is > 5 and < 12 ? hour + 12 : hour,
            _ => hour,
        };
        return (read, minute, second) switch
        {
            (0, 0, 0) => null,
            (24, 0, 0) => EndOfDay,
            ( >= 0 and <= 23, <= 59, <= 59) => new TimeOnly(read.Value, minute, second),
            _ => null,
        };
    }
}
