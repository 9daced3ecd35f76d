namespace Connect.Domain.KoreanText;

/// <summary>Reads weekday, hour, zone and notes after a date, in the forms that boards use or in ISO 8601.</summary>
internal static class MomentHours
{
    private const int LongestNote = 12;

    // Weekday, note and hour may each stand in brackets of their own.
    private const int MostParts = 4;

    /// <summary>The date with the hour behind it. The cursor stays where there is neither weekday nor hour.</summary>
    public static Moment? ReadAfter(ref TextCursor cursor, DateOnly? date)
    {
        var time = Read(ref cursor);
        var zone = cursor;
        if (time is null || !Zones.TryRead(ref zone, out var offset))
        {
            return date is { } day ? new Moment(day, time) : null;
        }

        cursor = zone;
        return At(date, time, offset);
    }

    /// <summary>The weekday and the hour behind a date, without a zone. The cursor stays where there is neither.</summary>
    public static TimeOnly? Read(ref TextCursor cursor)
    {
        for (var parts = 0; parts < MostParts; parts++)
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

            if (!TakeNote(ref next))
            {
                break;
            }

            cursor = next;
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

        var zone = cursor;
        if (Zones.TryReadIso(ref zone, out var offset))
        {
            cursor = zone;
        }

        return At(day, time, offset);
    }

    private static Moment? At(DateOnly? date, TimeOnly? time, TimeSpan offset)
    {
        if (date is not { } day)
        {
            return null;
        }

        var local = day.ToDateTime(time ?? TimeOnly.MinValue) - offset + Zones.Korea;
        var hour = TimeOnly.FromDateTime(local);
        return local.Year > 2100 ? null : new Moment(DateOnly.FromDateTime(local), hour == TimeOnly.MinValue ? null : hour);
    }

    // "(금)", "(금요일, 18:00)", "(18:00까지)", "(Fri.)", "(金)", "금요일".
    private static bool TakeWeekday(ref TextCursor cursor, out bool hasHour, out TimeOnly? time)
    {
        (hasHour, time) = (false, null);
        var next = cursor;
        if (!next.TakeAny("(["))
        {
            if (Weekdays.TakePlain(ref next))
            {
                cursor = next;
                return true;
            }

            return false;
        }

        next.SkipBlanks(1);
        var hasWeekday = Weekdays.Take(ref next);
        next.Skip(3, " ,./");
        hasHour = Hours.TryRead(ref next, out time);
        next.SkipBlanks(1);
        _ = next.Take("까지");
        if (!(hasWeekday || hasHour))
        {
            return false;
        }

        // "(금, 예정)".
        TakeWords(ref next);
        if (!next.TakeAny(")]"))
        {
            return false;
        }

        cursor = next;
        return true;
    }

    // "(예정)": words that change nothing. With a number they may, and "(변경)" does.
    private static bool TakeNote(ref TextCursor cursor)
    {
        var next = cursor;
        next.SkipBlanks(1);
        if (!next.TakeAny("(["))
        {
            return false;
        }

        var words = next.Rest(LongestNote);
        var start = next.Position;
        TakeWords(ref next);
        if (next.Position == start || words[..(next.Position - start)].ContainsAny(DateJoin.ChangeWords) || !next.TakeAny(")]"))
        {
            return false;
        }

        cursor = next;
        return true;
    }

    private static void TakeWords(ref TextCursor cursor)
    {
        for (var length = 0; length < LongestNote && (char.IsLetter(cursor.Current) || cursor.Current is ' ' or ',' or '.'); length++)
        {
            _ = cursor.Take(cursor.Current);
        }
    }
}
