using System.Text.Json;
using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.Domain.Classification;
using Connect.Domain.KoreanText;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl.Pages;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Connect.Tests.Unit.Sources;

public sealed class SimulatorTests
{
    /// <summary>Seeds on ordinary days, at the turn of the year, in a leap year, and late in the evening of UTC.</summary>
    public static TheoryData<int, string> Runs => new()
    {
        { 1, "2026-03-10T01:00:00Z" },
        { 2, "2026-12-20T23:30:00Z" },
        { 3, "2027-12-31T15:00:00Z" },
        { 4, "2028-02-28T14:59:59Z" },
        { 20_251_011, "2026-11-23T12:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Details_are_read_as_they_were_meant_when_seed_and_day_differ(int seed, string now)
    {
        var store = Store(seed, now, announcements: 600);
        store.Advance(new(New: 30, Changed: 40, Closed: 10, Withdrawn: 5, Reposted: 6, Moved: 5));

        foreach (var announcement in store.All)
        {
            var read = Read(announcement, store.Now);
            Assert.Equal(
                (announcement.Title, announcement.Deadline.At(store.Now), announcement.Budget.Won, announcement.Closed, announcement.Ministry),
                (read.Title, read.Deadline, read.BudgetAmount, read.Closed, read.Ministry));
            Assert.Equal(
                announcement.Kind.ToString(),
                JsonNamingPolicy.SnakeCaseUpper.ConvertName(KindClassifier.Classify(new(read.Title) { Body = read.Description }).ToString()));
            Assert.Equal(announcement.Keywords, read.Keywords);
            Assert.Equal(announcement.Attachments, read.AttachmentNames);
            Assert.Equal(string.IsNullOrEmpty(announcement.Audience), read.TargetTypes.IsEmpty);
            Assert.Equal(announcement.Trl is null, read.MinTrl is null && read.MaxTrl is null);
        }
    }

    [Fact]
    public void Boards_publish_the_same_when_seed_and_day_are_the_same()
    {
        var (left, right) = (Store(7, "2026-03-10T01:00:00Z"), Store(7, "2026-03-10T05:00:00Z"));
        left.Advance(new(3, 3, 3, 3, 3, 3));
        left.Advance(new(2, 2, 2, 2, 2, 2));
        right.Advance(new(3, 3, 3, 3, 3, 3));
        right.Advance(new(2, 2, 2, 2, 2, 2));

        Assert.Equal(left.All.Select(Describe), right.All.Select(Describe));
        Assert.NotEqual(left.All.Select(Describe), Store(8, "2026-03-10T01:00:00Z").All.Select(Describe));
    }

    [Fact]
    public void Boards_publish_enough_of_everything_when_they_start()
    {
        var store = Store(20_251_011, "2026-11-23T12:00:00Z");

        Assert.Equal(140, store.All.Count());
        Assert.Equal(store.All.Count(), store.All.Select(announcement => announcement.Id).Distinct().Count());
        Assert.All(Enum.GetValues<AnnouncementKind>(), kind => Assert.Contains(store.All, announcement => announcement.Kind == kind));
        Assert.All(Enum.GetValues<Board>(), board => Assert.InRange(store.Current.On(board).Count, 11, 100));
        Assert.Empty(store.Current.On(Board.KIMST).Except(store.Current.On(Board.IRIS)));
        Assert.InRange(store.Current.On(Board.IRIS).Count - store.Current.On(Board.KIMST).Count, 10, 100);
        foreach (var sector in Sectors.All)
        {
            var open = store.All.Count(announcement => announcement.Kind == AnnouncementKind.CALL
                && announcement.IsOpen(store.Now)
                && sector.Topics.Any(topic => announcement.Title.Contains(topic.Subject, StringComparison.Ordinal)));
            Assert.InRange(open, sector.Key is "CONSTRUCTION" or "TRANSPORTATION" ? 4 : 8, 100);
        }
    }

    [Fact]
    public void Boards_publish_the_odd_rows_when_they_start()
    {
        var store = Store(20_251_011, "2026-11-23T12:00:00Z");
        var today = DateOnly.FromDateTime(store.Now.Date);
        var announcements = store.All.Where(announcement => announcement.Kind == AnnouncementKind.CALL).ToList();

        Assert.Contains(announcements, announcement => announcement.Deadline is { Value: null, Text: "" });
        Assert.Contains(announcements, announcement => announcement.Deadline is { Value: null, Text: "상시 접수" });
        Assert.Contains(announcements, announcement => announcement.Deadline.Value == Wordings.EndOf(today));
        Assert.Contains(announcements, announcement => announcement.Deadline.Value == Wordings.EndOf(today.AddDays(-1)) && !announcement.Closed);
        Assert.Contains(announcements, announcement => announcement.Title.StartsWith("(연장공고)", StringComparison.Ordinal));
        Assert.Contains(announcements, announcement => announcement.Title.Contains("<script>", StringComparison.Ordinal));
        Assert.Contains(announcements, announcement => announcement.Title.StartsWith("🚀", StringComparison.Ordinal));
        Assert.Contains(announcements, announcement => announcement.Budget.Won == 9_007_199_254_740_993);
        Assert.Contains(announcements, announcement => announcement.Budget.Won == 176_422_000_000);
        Assert.Contains(announcements, announcement => announcement.Body.Sum(line => line.Length) > 50_000);
        Assert.Contains(announcements, announcement => announcement.Audience is "");
        Assert.Contains(announcements, announcement => announcement.Category is null);
        Assert.Contains(announcements.GroupBy(announcement => (announcement.Board, announcement.Title, announcement.Deadline)), group => group.Count() == 2);
        Assert.Contains(announcements, announcement => announcement is { Board: Board.IRIS, Deadline.Value: null, BoardType: "자유공모" });
        Assert.Contains(announcements, announcement => announcement is { Board: Board.IRIS, Deadline.SecondRound: not null, BoardType: "지정공모" });
    }

    [Fact]
    public void Deadline_is_that_of_the_round_that_ends_next_when_there_are_two()
    {
        var (start, day) = (new DateOnly(2026, 11, 20), TimeSpan.FromDays(1));
        var deadline = Wordings.Rounds(start, start.AddDays(10), start.AddDays(20), start.AddDays(30));
        var (first, second) = (Wordings.EndOf(start.AddDays(10)), Wordings.At(start.AddDays(30), 18, 0));

        Assert.Equal([first, first, second, second], ((DateTimeOffset[])[first - day, first, first + day, second + day]).Select(deadline.At));
        Assert.Equal(second, deadline.Last);
        Assert.Equal("1차 : 2026.11.20 ~ 2026.11.30, 2차 : 2026.12.10 ~ 2026.12.20 18:00", deadline.Text);
        var rounds = Store(7, "2026-03-10T01:00:00Z").All.Where(announcement => announcement.Deadline.SecondRound is not null).ToList();
        Assert.Equal([Board.IITP, Board.IRIS], rounds.Select(announcement => announcement.Board).Order());
    }

    [Fact]
    public void New_announcements_stand_on_top_and_close_soon_when_time_passes()
    {
        var store = Store(7, "2026-03-10T01:00:00Z");
        var before = store.All.Select(announcement => announcement.Id).ToHashSet();

        Assert.Equal(new BoardChanges(16, 5, 4), store.Advance(new(16, 5, 4)));

        var fresh = store.All.Take(16).ToList();
        Assert.All(fresh, announcement =>
        {
            Assert.DoesNotContain(announcement.Id, before);
            Assert.True(announcement.IsOpen(store.Now));
            Assert.Equal(AnnouncementKind.CALL, announcement.Kind);
            Assert.True(announcement.Deadline.Value < store.Now.AddDays(16));
        });
        Assert.True(fresh.DistinctBy(announcement => announcement.Board).Count() >= 4);
    }

    [Fact]
    public async Task State_is_whole_when_many_advance_it_at_once()
    {
        var store = Store(7, "2026-03-10T01:00:00Z");

        await Parallel.ForAsync(0, 50, TestContext.Current.CancellationToken, (_, _) =>
        {
            store.Advance(new(2, 1, 1));
            Assert.Equal(0, store.Current.All.Count % 2);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(240, store.All.Count());
        Assert.Equal(240, store.All.Select(announcement => announcement.Id).Distinct().Count());
    }

    private static string Describe(Announcement announcement) =>
        $"{announcement.Id} {announcement.Board} {announcement.Title} {announcement.Deadline} {announcement.Budget} {announcement.Closed} {announcement.Trl}";

    private static BoardStore Store(int seed, string now, int announcements = 140) => new(
        Options.Create(new SimulatorOptions { Seed = seed, Announcements = announcements }),
        new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    private static ScrapedAnnouncement Read(Announcement announcement, DateTimeOffset now)
    {
        var (row, detail) = (SimulatorPages.ReadRow(announcement, now), SimulatorPages.ReadDetail(announcement));
        var page = new DetailPage(detail.Title, LabelValues.From(detail.Fields).Or(LabelValues.Read(detail.Body)), detail.Body, detail.Attachments);

        // The status of NTIS stands only in its list, and the days of TIPA's period have labels of their own on its page.
        var listed = new ListRow
        {
            Place = "",
            Title = row.Title,
            Address = new("https://board.example/view?id=1"),
            Status = announcement.Board == Board.NTIS && announcement.Closed ? row.Status : null,
            Deadline = announcement.Board == Board.TIPA ? row.Period : null,
        };
        return AnnouncementComposer.Compose(Agency.NTIS, listed, page, new BoardOptions { BaseAddress = new("https://board.example") }, now);
    }
}
