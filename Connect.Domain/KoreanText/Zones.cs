namespace Connect.Domain.KoreanText;

/// <summary>Time zones behind an hour. Without one it is Korean time.</summary>
internal static class Zones
{
    /// <summary>UTC+9; Korea has no summer time.</summary>
    public static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    private static readonly string[] KoreanNames =
        ["KST", "JST", "한국표준시", "한국 표준시", "한국시간", "한국 시간", "한국시각", "국내시간", "국내 시간", "서울시간", "서울 시간"];

    private static readonly string[] Universal = ["UTC", "GMT"];

    // Those that mean one thing everywhere: CST is Chinese, Cuban and American.
    private static readonly (string Name, int Hours)[] Others =
        [("CEST", 2), ("CET", 1), ("EST", -5), ("EDT", -4), ("PST", -8), ("PDT", -7)];

    /// <summary>A named zone, also in brackets: "18:00 (KST)", "18:00 UTC", "18:00(GMT+09:00)".</summary>
    public static bool TryRead(ref TextCursor cursor, out TimeSpan offset)
    {
        offset = Korea;
        var next = cursor;
        next.SkipBlanks(2);
        var isOpen = next.TakeAny("([");
        next.SkipBlanks(1);
        if (!TryReadName(ref next, out offset))
        {
            return false;
        }

        next.SkipBlanks(1);
        _ = next.Take("기준");
        cursor = next;
        next.SkipBlanks(1);
        if (isOpen && next.TakeAny(")]"))
        {
            cursor = next;
        }

        return true;
    }

    /// <summary>That of ISO 8601: Z or +09:00.</summary>
    public static bool TryReadIso(ref TextCursor cursor, out TimeSpan offset)
    {
        offset = Korea;
        if (cursor.Take('Z'))
        {
            offset = TimeSpan.Zero;
            return true;
        }

        return TryReadSigned(ref cursor, out offset, least: 2);
    }

    private static bool TryReadName(ref TextCursor cursor, out TimeSpan offset)
    {
        offset = Korea;
        if (cursor.TakeAny(KoreanNames))
        {
            return true;
        }

        if (cursor.TakeAny(Universal))
        {
            var signed = cursor;
            signed.SkipBlanks(1);
            offset = TimeSpan.Zero;
            if (TryReadSigned(ref signed, out var written, least: 1))
            {
                offset = written;
                cursor = signed;
            }

            return true;
        }

        foreach (var (name, hours) in Others)
        {
            if (cursor.Take(name))
            {
                offset = TimeSpan.FromHours(hours);
                return true;
            }
        }

        return false;
    }

    private static bool TryReadSigned(ref TextCursor cursor, out TimeSpan offset, int least)
    {
        offset = Korea;
        var next = cursor;
        var sign = next.Current == '-' ? -1 : 1;
        if (!next.TakeAny("+-") || !next.TakeNumber(least, 2, out var hours) || hours > 14)
        {
            return false;
        }

        var minutes = 0;
        var hasMinutes = next.Take(':') && next.TakeNumber(2, 2, out minutes) && minutes < 60;
        if (least == 2 && !hasMinutes)
        {
            return false;
        }

        offset = sign * new TimeSpan(hours, hasMinutes ? minutes : 0, 0);
        cursor = next;
        return true;
    }
}
