using Connect.Domain.Programs;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>The replayed week: a working week in January, when most programs are announced. Monday 0:00 to Sunday 24:00 in Seoul.</summary>
internal static class SeoulWeek
{
    public const int Days = 7;
    public const int WorkingDays = 5;

    /// <summary>Its first moment, a Monday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, SeoulTime.Offset);

    public static readonly DateTimeOffset End = Start.AddDays(Days);

    /// <summary>A time on one of its days, 0 for Monday, in hours after midnight.</summary>
    public static DateTimeOffset At(int day, double hour) => Start.AddDays(day).AddHours(hour);
}
