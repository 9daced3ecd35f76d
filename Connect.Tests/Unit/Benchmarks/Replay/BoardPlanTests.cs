using Connect.Benchmarks.Replay.Plan;
using Connect.Domain.Programs;

namespace Connect.Tests.Unit.Benchmarks.Replay;

/// <summary>The announcements of the replayed week.</summary>
public sealed class BoardPlanTests
{
    private static readonly IReadOnlyList<PlannedAnnouncement> Announcements = BoardPlan.Of(new Random(3));

    [Fact]
    public void Announcements_come_on_working_days_in_office_hours()
    {
        var fresh = Announcements.Where(planned => planned.PublishedAt >= SeoulWeek.Start).ToList();

        Assert.Equal(84, fresh.Count);
        Assert.Equal(60, fresh.Count(planned => planned.Board == Agency.NTIS));
        Assert.All(fresh, planned => Assert.True(
            planned.PublishedAt is { DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday), Hour: >= 9 and < 18 } && planned.PublishedAt < SeoulWeek.End));
    }

    [Fact]
    public void Calls_of_the_weeks_before_are_open_when_the_week_begins() => Assert.All(
        Announcements.Where(planned => planned.PublishedAt < SeoulWeek.Start),
        planned => Assert.True(planned.Deadline > SeoulWeek.Start, $"{planned}"));

    [Fact]
    public void Deadlines_are_on_working_days_and_some_pass_in_the_week()
    {
        Assert.All(Announcements, planned => Assert.False(planned.Deadline.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        Assert.InRange(Announcements.Count(planned => planned.Deadline < SeoulWeek.End), 15, 80);
    }

    [Fact]
    public void Numbers_tell_announcements_apart() => Assert.Equal(Announcements.Count, Announcements.DistinctBy(planned => planned.Number).Count());

    [Fact]
    public void Extension_is_news_once_and_moves_the_deadline()
    {
        var at = SeoulWeek.At(1, 10);
        var planned = new PlannedAnnouncement(1, Agency.KEIT, SeoulWeek.At(0, 10), SeoulWeek.At(20, 18), at);

        Assert.True(planned.IsNewsBetween(SeoulWeek.At(0, 9), SeoulWeek.At(0, 12)));
        Assert.False(planned.IsNewsBetween(SeoulWeek.At(0, 12), SeoulWeek.At(0, 15)));
        Assert.True(planned.IsNewsBetween(SeoulWeek.At(1, 9), SeoulWeek.At(1, 12)));
        Assert.False(planned.IsNewsBetween(SeoulWeek.At(1, 12), SeoulWeek.At(1, 15)));
        Assert.Equal(planned.Deadline, planned.DeadlineAt(at.AddTicks(-1)));
        Assert.Equal(planned.Deadline.AddDays(7), planned.DeadlineAt(at));
    }
}
