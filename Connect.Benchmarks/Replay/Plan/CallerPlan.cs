namespace Connect.Benchmarks.Replay.Plan;

/// <summary>
/// The members' requests in the week: each organization reads its matches ten times, mostly in office hours, and one in
/// twenty changes its profile once and reads its matches right after. The moments are independent: repeated reads in a
/// row would be easier for any cache.
/// </summary>
internal static class CallerPlan
{
    /// <summary>Reads of each organization in the week.</summary>
    public const int ChecksPerOrganization = 10;

    /// <summary>One of so many organizations changes its profile.</summary>
    public const int OrganizationsPerChange = 20;

    // Of a hundred reads: on working days from 9 to 18, in the evenings of working days, on the weekend.
    private const int OfficeShare = 88;
    private const int EveningShare = 9;

    private static readonly (double From, double To) Office = (9, 18);
    private static readonly (double From, double To) Evening = (18, 23);
    private static readonly (double From, double To) Weekend = (10, 22);

    // The change, and the read after it.
    private static readonly TimeSpan FromChangeToCheck = TimeSpan.FromMinutes(1);

    /// <summary>Everything that callers do, in no order.</summary>
    public static IEnumerable<ReplayEvent> Of(int organizations, Random random)
    {
        for (var organization = 0; organization < organizations; organization++)
        {
            // The organizations that change are spread evenly, so the share is exact for every number of organizations.
            var changes = organization % OrganizationsPerChange == OrganizationsPerChange / 2 ? random.Next(ChecksPerOrganization) : -1;
            for (var check = 0; check < ChecksPerOrganization; check++)
            {
                var at = Moment(random);
                yield return new Check(at, organization);
                if (check == changes)
                {
                    yield return new ProfileChange(at - FromChangeToCheck, organization);
                }
            }
        }
    }

    /// <summary>
    /// One read of every organization in the week before, for the cached values that it leaves. The moments are drawn
    /// as in the week itself, so that values kept for a week expire all over the next one.
    /// </summary>
    public static IEnumerable<Check> LeadIn(int organizations, Random random) => Enumerable.Range(0, organizations)
        .Select(organization => new Check(Moment(random).AddDays(-SeoulWeek.Days), organization))
        .OrderBy(check => check.At);

    private static DateTimeOffset Moment(Random random)
    {
        var roll = random.Next(100);
        var (firstDay, days, (from, to)) =
            roll < OfficeShare ? (0, SeoulWeek.WorkingDays, Office)
            : roll < OfficeShare + EveningShare ? (0, SeoulWeek.WorkingDays, Evening)
            : (SeoulWeek.WorkingDays, SeoulWeek.Days - SeoulWeek.WorkingDays, Weekend);
        return SeoulWeek.At(firstDay + random.Next(days), from + (random.NextDouble() * (to - from)));
    }
}
