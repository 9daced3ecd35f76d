namespace Connect.Benchmarks.Replay.Plan;

/// <summary>The events of a week in January, the same for every set of rules.</summary>
/// <param name="Organizations">How many.</param>
/// <param name="Announcements">The boards' announcements.</param>
/// <param name="LeadIn">The reads of the week before, in the order of time.</param>
/// <param name="Events">In the order of time.</param>
internal sealed record ReplayPlan(
    int Organizations, ImmutableArray<PlannedAnnouncement> Announcements, ImmutableArray<Check> LeadIn, ImmutableArray<ReplayEvent> Events)
{
    private const int Seed = 20260112;

    // Ten requests a minute to a host.
    private static readonly TimeSpan PerPage = TimeSpan.FromSeconds(6);

    // Past the hour, as the worker's own trigger.
    private const int ExpiryMinute = 5;
    private const double NextDayHour = 23.5;

    /// <summary>When the worker asked for the first day's rankings.</summary>
    public static readonly DateTimeOffset EveBefore = SeoulWeek.At(-1, NextDayHour);

    // When a warming that waits for others of its kind is due: a moment after it was asked for, and at the latest.
    private static readonly TimeSpan[] WarmingDue = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)];

    private static readonly int[] ScrapeHours = [9, 12, 15, 18];

    /// <summary>Reads in the week.</summary>
    public int Checks => Organizations * CallerPlan.ChecksPerOrganization;

    /// <summary>
    /// The plan of a number of organizations. The boards' announcements are the same for every number.
    /// </summary>
    public static ReplayPlan Of(int organizations, int seed = Seed)
    {
        var announcements = BoardPlan.Of(new Random(seed));
        return new(
            organizations,
            announcements,
            [.. CallerPlan.LeadIn(organizations, new Random(seed + 2))],
            [
                .. CallerPlan.Of(organizations, new Random(seed + 1)).Concat(Scrapes(announcements)).Concat(Expiries()).Concat(NextDays())
                    .Where(happens => happens.At < SeoulWeek.End)
                    .OrderBy(happens => happens.At),
            ]);
    }

    // The five boards are read at once; each takes one interval of politeness per page.
    private static IEnumerable<ReplayEvent> Scrapes(ImmutableArray<PlannedAnnouncement> announcements)
    {
        var before = SeoulWeek.Start;
        foreach (var due in Enumerable.Range(0, SeoulWeek.Days).SelectMany(day => ScrapeHours.Select(hour => SeoulWeek.At(day, hour))))
        {
            yield return new ScrapesDue(due);
            foreach (var (board, pages, _) in BoardPlan.Boards)
            {
                var news = announcements.Count(planned => planned.Board == board && planned.IsNewsBetween(before, due));
                var ends = due + ((pages + news) * PerPage);
                yield return new ScrapeEnds(ends, board);
                foreach (var wait in WarmingDue)
                {
                    yield return new WarmingLook(ends + wait);
                }
            }

            before = due;
        }
    }

    private static IEnumerable<ReplayEvent> Expiries() => Enumerable.Range(0, SeoulWeek.Days * 24)
        .Select(hour => SeoulWeek.Start.AddHours(hour).AddMinutes(ExpiryMinute))
        .SelectMany(due => WarmingDue.Select(ReplayEvent (wait) => new WarmingLook(due + wait)).Prepend(new ExpiryDue(due)));

    private static IEnumerable<ReplayEvent> NextDays() => Enumerable.Range(0, SeoulWeek.Days)
        .Select(day => SeoulWeek.At(day, NextDayHour))
        .SelectMany(IEnumerable<ReplayEvent> (due) => [new NextDayDue(due), new WarmingLook(due)]);
}
