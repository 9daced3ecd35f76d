using System.Collections.Immutable;
using Connect.Domain.Programs;

namespace Connect.Domain.Series;

/// <summary>How sure an expected round is.</summary>
public enum RoundConfidence
{
    /// <summary>The last three years or more had one, all within <see cref="NextRound.SteadyDays"/> days of their median.</summary>
    High,

    /// <summary>The last two years had one, or more years that lie further apart.</summary>
    Medium,

    /// <summary>One year is known, years are missing between, or an expected round did not come.</summary>
    Low,
}

/// <summary>Whether a next round can be told.</summary>
public enum NextRoundState
{
    /// <summary>It can be expected.</summary>
    Expected,

    /// <summary>The next round is there already: one can apply, or it has been announced.</summary>
    Present,

    /// <summary>No round has a date.</summary>
    NoDates,
}

/// <summary>A round of a series as its dates tell.</summary>
/// <param name="Opened">First moment to apply, else the publication, else the deadline; null where there is none.</param>
/// <param name="IsPresent">Whether one can apply, or the call has been announced in advance.</param>
public readonly record struct RoundDates(DateTimeOffset? Opened, bool IsPresent)
{
    // Boards leave calls without a deadline open for good.
    private static readonly TimeSpan RollingFor = TimeSpan.FromDays(365);

    /// <summary>The dates of a stored program. One without a deadline counts as open for a year.</summary>
    public static RoundDates Of(FundingProgram program, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(program);
        var opened = OpenedOf(program);
        var isOpen = program.Status == ProgramStatus.Active
            && (program.Deadline is { } deadline ? deadline >= now : !(now - opened > RollingFor));
        return new(opened, isOpen || program.Status == ProgramStatus.Upcoming);
    }

    /// <summary>First moment to apply, else the publication, else the deadline.</summary>
    public static DateTimeOffset? OpenedOf(FundingProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.ApplicationStart ?? program.PublishedAt ?? program.Deadline;
    }
}

/// <summary>The answer to when a series' next round may open.</summary>
/// <param name="State">Whether it can be told.</param>
/// <param name="Next">The window; null unless <see cref="NextRoundState.Expected"/>.</param>
public readonly record struct NextRoundAnswer(NextRoundState State, NextRound? Next);

/// <summary>The window in which a series' next round may open.</summary>
/// <param name="From">First day, in Seoul; never before the day of the question.</param>
/// <param name="To">Last day, in Seoul.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="Years">The number of years that it is computed from, at most five.</param>
/// <param name="SpreadDays">How far the farthest of them is from their median, in days.</param>
/// <param name="IsOverdue">Whether the last expected round did not come, so that the window is that of a later year.</param>
public sealed record NextRound(DateOnly From, DateOnly To, RoundConfidence Confidence, int Years, int SpreadDays, bool IsOverdue)
{
    /// <summary>The most days from the median at which a pattern is steady.</summary>
    public const int SteadyDays = 21;

    /// <summary>The half width of a window that one year's date gives, in days.</summary>
    public const int OneYearDays = 45;

    private const int LeastDays = 14;
    private const int MostDays = 60;
    private const int MostYears = 5;

    /// <summary>Computes the window.</summary>
    /// <param name="rounds">All rounds, in any order.</param>
    /// <param name="now">The moment of the question.</param>
    public static NextRoundAnswer Expect(IReadOnlyCollection<RoundDates> rounds, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        var today = SeoulTime.DateOf(now);
        var opened = rounds.Where(round => round.Opened is not null).Select(round => SeoulTime.DateOf(round.Opened!.Value)).Order().ToImmutableArray();
        if (rounds.Any(round => round.IsPresent) || (!opened.IsEmpty && opened[^1] > today))
        {
            return new(NextRoundState.Present, null);
        }

        if (opened.IsEmpty)
        {
            return new(NextRoundState.NoDates, null);
        }

        // Of several rounds a year, the one that comes first.
        var seasons = new RoundSeasons(opened);
        return new(NextRoundState.Expected, seasons.Slots().Select(slot => Of(slot, seasons, today)).MinBy(next => (next.From, next.To)));
    }

    private static NextRound Of(ImmutableArray<RoundDay> slot, RoundSeasons seasons, DateOnly today)
    {
        var days = slot[Math.Max(0, slot.Length - MostYears)..];
        var median = RoundSeasons.Median(days.Select(day => day.Day));
        var spread = days.Max(day => Math.Abs(day.Day - median));
        var half = days.Length == 1 ? OneYearDays : Math.Clamp(spread, LeastDays, MostDays);
        var (season, missed) = (days[^1].Season + 1, 0);
        var center = seasons.DateOf(season, median);
        for (; center.AddDays(half) < today; missed++)
        {
            center = seasons.DateOf(++season, median);
        }

        var from = center.AddDays(-half);
        return new(from > today ? from : today, center.AddDays(half), ConfidenceOf(days, spread, missed), days.Length, spread, missed > 0);
    }

    private static RoundConfidence ConfidenceOf(ImmutableArray<RoundDay> days, int spread, int missed)
    {
        var running = 1;
        while (running < days.Length && days[^(running + 1)].Season == days[^running].Season - 1)
        {
            running++;
        }

        var confidence = running >= 3 && spread <= SteadyDays ? RoundConfidence.High
            : running >= 2 && spread <= MostDays ? RoundConfidence.Medium
            : RoundConfidence.Low;
        return (RoundConfidence)Math.Min((int)RoundConfidence.Low, (int)confidence + missed);
    }
}
