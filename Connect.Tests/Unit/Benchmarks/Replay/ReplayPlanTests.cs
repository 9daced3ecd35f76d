using Connect.Benchmarks;
using Connect.Benchmarks.Replay;
using Connect.Benchmarks.Replay.Plan;
using Connect.Domain.Programs;

namespace Connect.Tests.Unit.Benchmarks.Replay;

/// <summary>The week that is replayed.</summary>
public sealed class ReplayPlanTests
{
    private const int Organizations = 400;

    private static readonly ReplayPlan Plan = ReplayPlan.Of(Organizations);

    [Fact]
    public void Plan_is_the_same_for_a_seed_and_another_for_another()
    {
        var again = ReplayPlan.Of(Organizations);

        Assert.Equal(Plan.Events, again.Events);
        Assert.Equal(Plan.LeadIn, again.LeadIn);
        Assert.Equal(Plan.Announcements, again.Announcements);
        Assert.NotEqual(Plan.Events, ReplayPlan.Of(Organizations, seed: 7).Events);
    }

    [Fact]
    public void Boards_publish_the_same_for_every_number_of_organizations() => Assert.Equal(Plan.Announcements, ReplayPlan.Of(20).Announcements);

    [Fact]
    public void Events_are_in_order_and_within_the_week()
    {
        Assert.Equal(Plan.Events.OrderBy(happens => happens.At), Plan.Events);
        Assert.All(Plan.Events, happens => Assert.InRange(happens.At, SeoulWeek.Start, SeoulWeek.End.AddTicks(-1)));
        Assert.Equal(DayOfWeek.Monday, SeoulTime.DateOf(SeoulWeek.Start).DayOfWeek);
    }

    [Fact]
    public void Every_organization_asks_ten_times()
    {
        var byOrganization = Plan.Events.OfType<Check>().CountBy(check => check.Organization).ToDictionary();

        Assert.Equal(Organizations, byOrganization.Count);
        Assert.All(byOrganization.Values, count => Assert.Equal(10, count));
        Assert.Equal(Organizations * 10, Plan.Checks);
    }

    [Fact]
    public void Most_requests_are_in_office_hours_and_none_at_night()
    {
        var hours = Plan.Events.OfType<Check>().Select(check => check.At.ToOffset(SeoulTime.Offset)).ToList();
        var office = hours.Count(at => at is { DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday), Hour: >= 9 and < 18 });

        Assert.InRange((double)office / hours.Count, 0.84, 0.92);
        Assert.Contains(hours, at => at.Hour >= 18);
        Assert.Contains(hours, at => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.DoesNotContain(hours, at => at.Hour < 9);
    }

    [Fact]
    public void One_organization_in_twenty_changes_its_profile_and_looks_at_once()
    {
        var changes = Plan.Events.OfType<ProfileChange>().ToList();

        Assert.Equal(Organizations / 20, changes.Count);
        Assert.Equal(changes.Count, changes.DistinctBy(change => change.Organization).Count());
        Assert.All(changes, change => Assert.Contains(
            Plan.Events.OfType<Check>(),
            check => check.Organization == change.Organization && check.At - change.At == TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Every_organization_was_there_in_the_week_before()
    {
        Assert.Equal(Organizations, Plan.LeadIn.DistinctBy(check => check.Organization).Count());
        Assert.Equal(Plan.LeadIn.OrderBy(check => check.At), Plan.LeadIn);
        Assert.All(Plan.LeadIn, check => Assert.InRange(check.At, SeoulWeek.Start.AddDays(-7), ReplayPlan.EveBefore));
    }

    [Fact]
    public void Boards_are_read_four_times_a_day_at_the_hours_of_January()
    {
        var due = Plan.Events.OfType<ScrapesDue>().Select(scrapes => scrapes.At.ToOffset(SeoulTime.Offset)).ToList();

        Assert.Equal(28, due.Count);
        Assert.Equal([9, 12, 15, 18], due.Select(at => at.Hour).Distinct().Order());
        Assert.All(due, at => Assert.Equal(0, at.Minute));
        Assert.Equal(5 * 28, Plan.Events.OfType<ScrapeEnds>().Count());
        Assert.All(
            Plan.Events.OfType<ScrapeEnds>().GroupBy(ends => ends.Board),
            board => Assert.Equal(due.Count, board.Zip(due, (ends, at) => ends.At - at).Count(took => took > TimeSpan.Zero && took < TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Reading_a_board_takes_as_long_as_its_pages_and_what_is_new()
    {
        var (first, second) = (SeoulWeek.At(0, 9), SeoulWeek.At(0, 12));
        var news = Plan.Announcements.Count(planned => planned.Board == Agency.NTIS && planned.IsNewsBetween(first, second));

        Assert.Contains(new ScrapeEnds(second.AddSeconds(6 * (10 + news)), Agency.NTIS), Plan.Events);
    }

    [Fact]
    public void Worker_looks_at_its_queue_when_a_warming_can_be_due()
    {
        var looks = Plan.Events.OfType<WarmingLook>().Select(look => look.At).ToHashSet();

        Assert.All(Plan.Events.OfType<ScrapeEnds>(), ends => Assert.Contains(ends.At.AddSeconds(2), looks));
        Assert.All(Plan.Events.OfType<ExpiryDue>(), expiry => Assert.Contains(expiry.At.AddSeconds(30), looks));
        Assert.All(Plan.Events.OfType<NextDayDue>(), next => Assert.Contains(next.At, looks));
        Assert.Equal(7 * 24, Plan.Events.OfType<ExpiryDue>().Count());
        Assert.Equal(7, Plan.Events.OfType<NextDayDue>().Count());
    }

    [Theory]
    [InlineData(new string[0], new[] { 50, 500, 5_000 })]
    [InlineData(new[] { "20" }, new[] { 20 })]
    [InlineData(new[] { "500", "50" }, new[] { 500, 50 })]
    public void Sizes_are_what_was_asked_for(string[] arguments, int[] expected) =>
        Assert.Equal(expected, ReplayCommand.ParseSizes(new(arguments)));

    [Theory]
    [InlineData("19")]
    [InlineData("10001")]
    [InlineData("50", "50")]
    [InlineData("50", "many")]
    [InlineData("-50")]
    public void Other_sizes_are_refused(params string[] arguments) =>
        Assert.Throws<UsageException>(() => ReplayCommand.ParseSizes(new(arguments)));
}
