namespace Connect.Domain.Programs;

/// <summary>The calendar of deadlines: Asia/Seoul, independent of the machine's time zone.</summary>
public static class SeoulTime
{
    /// <summary>The zone; .NET maps the IANA id on Windows too.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");

    /// <summary>Its offset. Korea has had no daylight saving time since 1988.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(9);

    /// <summary>The Seoul calendar day that a moment falls on.</summary>
    public static DateOnly DateOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The first midnight in Seoul after a moment, with Seoul's offset.</summary>
    public static DateTimeOffset NextMidnight(DateTimeOffset moment)
    {
        var midnight = DateOf(moment).AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary>Calendar days from now to a deadline: 0 on its day, negative after it.</summary>
    public static int DaysLeft(DateTimeOffset now, DateTimeOffset deadline) => DaysLeft(DateOf(now), deadline);

    /// <summary>Calendar days from a Seoul day to a deadline: 0 on its day, negative after it.</summary>
    public static int DaysLeft(DateOnly today, DateTimeOffset deadline) => DateOf(deadline).DayNumber - today.DayNumber;
}
