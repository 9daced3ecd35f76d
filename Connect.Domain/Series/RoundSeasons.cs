using System.Collections.Immutable;

namespace Connect.Domain.Series;

/// <summary>A day on which a round opened, counted in a series' own years.</summary>
/// <param name="Season">The calendar year in which the series' year begins.</param>
/// <param name="Day">Days since its beginning.</param>
internal readonly record struct RoundDay(int Season, int Day);

/// <summary>
/// A series' own years: they begin in the middle of the longest time without rounds, so that rounds around New Year are not torn
/// apart.
/// </summary>
internal sealed class RoundSeasons
{
    private const int DaysOfYear = 365;
    private const int CommonYear = 2001;

    // A call that is published again soon after is no round of its own.
    private const int AgainDays = 45;

    private readonly int _cut;
    private readonly ImmutableArray<RoundDay[]> _seasons;

    /// <param name="opened">The days on which rounds opened, ascending, at least one.</param>
    public RoundSeasons(ImmutableArray<DateOnly> opened)
    {
        _cut = CutOf([.. opened.Select(DayOfYear).Distinct().Order()]);
        _seasons = [.. opened.Select(DayOf).GroupBy(day => day.Season).Select(season => WithoutAgain(season.Order(ByDay)).ToArray())];
    }

    private static Comparer<RoundDay> ByDay { get; } = Comparer<RoundDay>.Create((left, right) => left.Day.CompareTo(right.Day));

    /// <summary>
    /// The days of each recurring round, by year. The first of a year counts, unless two or more years have had several: then the first
    /// ones are a slot, the second ones another, and the rounds of other years are of the slot that they are nearest to.
    /// </summary>
    public ImmutableArray<ImmutableArray<RoundDay>> Slots()
    {
        var recurring = _seasons.Length < 2 ? 1 : _seasons.Select(season => season.Length).OrderDescending().ElementAt(1);
        if (recurring == 1)
        {
            return [[.. _seasons.Select(season => season[0])]];
        }

        var full = _seasons.Where(season => season.Length >= recurring).ToImmutableArray();
        int[] medians = [.. Enumerable.Range(0, recurring).Select(place => Median(full.Select(season => season[place].Day)))];
        return
        [
            .. Enumerable.Range(0, recurring).Select(place => _seasons
                .Select(season => season.Length >= recurring ? season[place] : season.Where(day => Nearest(medians, day.Day) == place).Cast<RoundDay?>().FirstOrDefault())
                .OfType<RoundDay>().ToImmutableArray()),
        ];
    }

    /// <summary>The date of a day of a series' year: the same day of the same month, also in leap years.</summary>
    public DateOnly DateOf(int season, int day)
    {
        var (years, dayOfYear) = Math.DivRem(_cut - 1 + day, DaysOfYear);
        var common = new DateOnly(CommonYear, 1, 1).AddDays(dayOfYear);
        return new(season + years, common.Month, common.Day);
    }

    /// <summary>The median of days; of two in the middle, the day between.</summary>
    public static int Median(IEnumerable<int> days)
    {
        int[] sorted = [.. days.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static int Nearest(int[] medians, int day) => Enumerable.Range(0, medians.Length).MinBy(place => Math.Abs(medians[place] - day));

    private static List<RoundDay> WithoutAgain(IEnumerable<RoundDay> days)
    {
        List<RoundDay> kept = [];
        foreach (var day in days)
        {
            if (kept.Count == 0 || day.Day - kept[^1].Day > AgainDays)
            {
                kept.Add(day);
            }
        }

        return kept;
    }

    /// <summary>The day of the year in the middle of the longest gap, 1 to 365.</summary>
    private static int CutOf(int[] days)
    {
        var (cut, longest) = (1, 0);
        for (var i = 0; i < days.Length; i++)
        {
            var gap = (i + 1 < days.Length ? days[i + 1] : days[0] + DaysOfYear) - days[i];
            if (gap > longest)
            {
                (cut, longest) = (days[i] + (gap / 2), gap);
            }
        }

        return ((cut - 1) % DaysOfYear) + 1;
    }

    private RoundDay DayOf(DateOnly date)
    {
        var dayOfYear = DayOfYear(date);
        return dayOfYear >= _cut ? new(date.Year, dayOfYear - _cut) : new(date.Year - 1, dayOfYear - _cut + DaysOfYear);
    }

    // 29 February and the days after it as in other years.
    private static int DayOfYear(DateOnly date) => DateTime.IsLeapYear(date.Year) && date.DayOfYear > 59 ? date.DayOfYear - 1 : date.DayOfYear;
}
