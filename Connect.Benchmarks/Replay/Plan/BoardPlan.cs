using Connect.Domain.Programs;
using Connect.Testing.Data;

namespace Connect.Benchmarks.Replay.Plan;

/// <summary>
/// The announcements of five boards in the week, at the rates of a portal's week in January: about sixty announcements
/// on five working days, from two on a quiet day to forty on a busy one, open for a month, one in eight of them
/// extended. The agencies' own boards are smaller in proportion to their budgets.
/// </summary>
internal static class BoardPlan
{
    // The portal's announcements on a working day in January have a mean of ten and an exponential distribution.
    private const int PortalPerWeek = 60;

    // In the middle of January: the announcements of the month so far, and those of the year before that are still
    // open.
    private const double WeeksOpen = 2.4;

    // The portal states a day, which ends at midnight; agencies state office hours.
    private static readonly TimeSpan EndOfDay = new(23, 59, 59);
    private static readonly TimeSpan EndOfOffice = new(18, 0, 0);

    // Days from an announcement to its deadline: one in ten has no more than ten, half have a month, one in ten has forty.
    private const int ShortestOpen = 10;
    private const int LongestOpen = 41;

    private const int ExtendedOneIn = 8;

    /// <summary>The boards, with the pages of their lists and their share of the portal's announcements.</summary>
    public static readonly ImmutableArray<(Agency Board, int Pages, double Share)> Boards =
        [(Agency.NTIS, 10, 1), (Agency.IITP, 3, 0.15), (Agency.KEIT, 2, 0.12), (Agency.TIPA, 2, 0.08), (Agency.KIMST, 1, 0.05)];

    /// <summary>All announcements on the boards at the week's start, and those published in it.</summary>
    public static ImmutableArray<PlannedAnnouncement> Of(Random random)
    {
        var days = DayShares(random);
        var announcements = ImmutableArray.CreateBuilder<PlannedAnnouncement>();
        foreach (var (board, _, share) in Boards)
        {
            for (var left = (int)(PortalPerWeek * share * WeeksOpen); left > 0; left--)
            {
                // Somewhere between its announcement and its deadline.
                var open = random.Next(ShortestOpen, LongestOpen);
                var passed = random.Next(open);
                announcements.Add(Announcement(announcements.Count, board, SeoulWeek.At(-1 - passed, OfficeHour(random)), open, random));
            }

            for (var left = (int)Math.Round(PortalPerWeek * share); left > 0; left--)
            {
                var day = Weighted.Pick(days.Index().ToArray(), entry => entry.Item, random.NextDouble() * days.Sum()).Index;
                var at = SeoulWeek.At(day, OfficeHour(random));
                announcements.Add(Announcement(announcements.Count, board, at, random.Next(ShortestOpen, LongestOpen), random));
            }
        }

        return announcements.ToImmutable();
    }

    private static PlannedAnnouncement Announcement(int number, Agency board, DateTimeOffset publishedAt, int open, Random random)
    {
        var day = SeoulTime.DateOf(publishedAt).AddDays(open);

        // Offices are closed on weekends.
        day = day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(2), DayOfWeek.Sunday => day.AddDays(1), _ => day };
        var deadline = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), SeoulTime.Offset) + (board == Agency.NTIS ? EndOfDay : EndOfOffice);
        DateTimeOffset? extendedAt = null;
        if (random.Next(ExtendedOneIn) == 0)
        {
            // On a working day before the deadline.
            var moment = publishedAt.AddDays(1 + random.Next(open));
            extendedAt = moment.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || moment >= deadline ? null : moment;
        }

        return new(number, board, publishedAt, deadline, extendedAt);
    }

    // Quiet and busy days: exponentially distributed shares.
    private static double[] DayShares(Random random) =>
        [.. Enumerable.Range(0, SeoulWeek.WorkingDays).Select(_ => -Math.Log(1 - random.NextDouble()))];

    private static double OfficeHour(Random random) => 9 + (random.NextDouble() * 9);
}
