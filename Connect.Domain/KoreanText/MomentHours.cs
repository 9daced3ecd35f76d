namespace Connect.Domain.KoreanText;

/// <summary>Reads weekday and hour after a date, in the forms that boards use or in ISO 8601.</summary>
internal static class MomentHours
{
    private const string Weekdays = "월화수목금토일";
    private static readonly TimeSpan Kst = TimeSpan.FromHours(9);

    /// <summary>The weekday and the hour behind a date. The cursor stays where there is neither.</summary>
    public static TimeOnly? Read(ref TextCursor cursor)
    {
        for (var weekdays = 0; weekdays < 3; weekdays++)
        {
            var next = cursor;
            next.Skip(3, " \n,./|");
            if (TakeWeekday(ref next, out var hasHour, out var time))
            {
                cursor = next;
                if (hasHour)
                {
                    return time;
                }

                continue;
            }

            if (next.Take("까지"))
            {
                next.Skip(2, " (");
            }

            if (Hours.TryRead(ref next, out time))
            {
                cursor = next;
                return time;
            }

            break;
        }

        return null;
    }

    /// <summary>"T09:00Z" is 18:00 in Korea; without a zone the hour is Korean like any other.</summary>
    public static Moment? ReadIso(ref TextCursor cursor, DateOnly? date)
    {
        _ = cursor.Take('T');
        var isMidnight = cursor.Rest(5) is "00:00";
        if (date is not { } day || !Hours.TryRead(ref cursor, out var time) || (time is null && !isMidnight))
        {
            return date is { } whole ? new Moment(whole, null) : null;
        }

        var offset = Kst;
        var zone = cursor;
        if (zone.Take('Z'))
        {
            offset = TimeSpan.Zero;
            cursor = zone;
        }
        else if (zone.Current is '+' or '-')
        {
            var sign = zone.Current == '-' ? -1 : 1;
            _ = zone.TakeAny("+-");
            if (zone.TakeNumber(2, 2, out var hours) && zone.Take(':') && zone.TakeNumber(2, 2, out var minutes)
                && hours <= 14 && minutes < 60)
            {
                offset = sign * new TimeSpan(hours, minutes, 0);
                cursor = zone;
            }
        }

        var local = day.ToDateTime(time ?? TimeOnly.MinValue) - offset + Kst;
        var hour = TimeOnly.FromDateTime(local);
        return local.Year > 2100 ? null : new Moment(DateOnly.FromDateTime(local), hour == TimeOnly.MinValue ? null : hour);
    }

    // "(금)", "(금요일, 18:00)", "(18:00까지)", "금요일".
    private static bool TakeWeekday(ref TextCursor cursor, out bool hasHour, out TimeOnly? time)
    {
        (hasHour, time) = (false, null);
        var next = cursor;
        if (!next.TakeAny("(["))
        {
            if (next.TakeAny(Weekdays) && next.Take("요일"))
            {
                cursor = next;
                return true;
            }

            return false;
        }

        next.SkipBlanks(1);
        var hasWeekday = next.TakeAny(Weekdays);
        _ = hasWeekday && next.Take("요일");
        next.Skip(3, " ,./");
        hasHour = Hours.TryRead(ref next, out time);
        next.SkipBlanks(1);
        _ = next.Take("까지");
        if (!(hasWeekday || hasHour) || !next.TakeAny(")]"))
        {
            return false;
        }

        cursor = next;
        return true;
    }
}
