namespace Connect.Domain.KoreanText;

/// <summary>Weekdays in Korean, in Chinese characters and in English. They say nothing that the date does not, so they are passed over.</summary>
internal static class Weekdays
{
    private const string Korean = "월화수목금토일";
    private const string Chinese = "月火水木金土日";

    private static readonly string[] English = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly string[] Ends = ["nesday", "sday", "rsday", "urday", "day", "s", "rs", "r", "nes"];

    /// <summary>In brackets, where a single letter is enough.</summary>
    public static bool Take(ref TextCursor cursor)
    {
        if (cursor.TakeAny(Korean) || cursor.TakeAny(Chinese))
        {
            _ = cursor.TakeAny(["요일", "曜日", "曜"]);
            return true;
        }

        return TakeEnglish(ref cursor);
    }

    /// <summary>Without brackets: a letter alone may be the unit of a duration.</summary>
    public static bool TakePlain(ref TextCursor cursor)
    {
        var next = cursor;
        var isNamed = next.TakeAny(Korean) ? next.Take("요일") : next.TakeAny(Chinese) ? next.Take("曜日") || !char.IsLetter(next.Current) : TakeEnglish(ref next);
        cursor = isNamed ? next : cursor;
        return isNamed;
    }

    private static bool TakeEnglish(ref TextCursor cursor)
    {
        var next = cursor;
        if (!next.TakeAny(English))
        {
            return false;
        }

        _ = next.TakeAny(Ends);
        _ = next.Take('.');
        if (char.IsAsciiLetter(next.Current))
        {
            return false;
        }

        cursor = next;
        return true;
    }
}
