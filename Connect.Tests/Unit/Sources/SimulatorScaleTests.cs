using System.Globalization;
using System.Text.RegularExpressions;
using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources;

public sealed partial class SimulatorScaleTests
{
    private const int Most = 100_000;

    [Theory]
    [InlineData(1, "2026-03-10")]
    [InlineData(20_251_011, "2026-12-31")]
    public void Titles_tell_announcements_apart_when_there_are_100_000(int seed, string today)
    {
        var writer = new AnnouncementWriter(seed, DateOnly.Parse(today, CultureInfo.InvariantCulture));

        var announcements = Enumerable.Range(0, Most).Select(ordinal => writer.WriteOrdinary(ordinal));
        var titles = announcements.Select(announcement => Normalize($"{announcement.Title} {announcement.Ministry}")).ToHashSet();

        Assert.Equal(Most, titles.Count);
        return;

        static string Normalize(string text) => OtherRegex().Replace(text, "").ToUpperInvariant();
    }

    [Fact]
    public void Kimst_stays_small_when_there_are_100_000_announcements()
    {
        var boards = Enumerable.Range(0, Most).CountBy(ordinal => new AnnouncementSubject(ordinal).Board).ToDictionary();

        Assert.Equal(AnnouncementSubject.MostOnKimst, boards[Board.KIMST]);
        Assert.All(Enum.GetValues<Board>().Except([Board.KIMST]), board => Assert.InRange(boards[board], 5_000, 60_000));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(140)]
    [InlineData(20_000)]
    public void Announcements_stand_on_two_boards_when_they_are_meant_to(int announcements)
    {
        var store = Store(announcements);

        Assert.Equal(announcements, store.Current.All.Count);
        var shared = store.All.GroupBy(announcement => announcement.Title).Where(group => group.DistinctBy(announcement => announcement.Board).Count() > 1).ToList();
        Assert.Equal([Board.IITP, Board.KIMST, Board.KEIT], shared.Select(group => group.Single(announcement => announcement.Board != Board.NTIS).Board).Order());
        Assert.All(shared, group =>
        {
            Assert.Equal(2, group.Count());
            Assert.Single(group, announcement => announcement.Board == Board.NTIS);
            Assert.Single(group.Select(announcement => (announcement.Ministry, announcement.Deadline.Value, announcement.Budget.Won)).Distinct());
            Assert.All(group, announcement => Assert.True(announcement.IsOpen(store.Now) && announcement.Budget.Won > 0));
        });
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void Options_are_refused_when_the_boards_would_be_too_small_or_too_large(int announcements, bool accepted) =>
        Assert.Equal(accepted, new SimulatorOptionsValidator().Validate(null, new() { Announcements = announcements }).Succeeded);

    private static BoardStore Store(int announcements) => new(
        Options.Create(new SimulatorOptions { Announcements = announcements }), new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));

    [GeneratedRegex(@"[^\p{L}\p{Nd}]")]
    private static partial Regex OtherRegex();
}
