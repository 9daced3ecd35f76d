using System.Globalization;
using System.Text.Json;
using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Boards;

public sealed class BoardsTests
{
    public static TheoryData<string> Boards => [.. BoardsHarness.Agencies.Select(static agency => agency.ToString())];

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Source_reads_exactly_what_is_published_when_it_walks_a_board(string board)
    {
        await using var boards = new BoardsHarness();

        var read = await boards.ReadAsync(Enum.Parse<Agency>(board));

        Assert.DoesNotContain(read, result => result.Error is not null);
        var published = (await boards.StateAsync()).Where(row => row.Board == board);
        Assert.Equal(Sorted(published), Sorted(read.Select(result => Row(result.Announcement!))));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Source_fills_every_field_when_the_board_tells_it(string board)
    {
        await using var boards = new BoardsHarness();

        var read = await boards.ReadAsync(Enum.Parse<Agency>(board));

        var announcements = read.ConvertAll(result => result.Announcement!);
        Assert.All(announcements, announcement =>
        {
            Assert.False(string.IsNullOrWhiteSpace(announcement.Ministry));
            Assert.False(string.IsNullOrWhiteSpace(announcement.AnnouncingAgency));
            Assert.NotNull(announcement.PublishedAt);
            Assert.StartsWith(boards.Control.BaseAddress!.AbsoluteUri, announcement.Url, StringComparison.Ordinal);
            Assert.DoesNotContain("jsessionid", announcement.Url, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("document.write", announcement.Description, StringComparison.Ordinal);
        });
        Assert.Equal(announcements.Count, announcements.Select(announcement => announcement.Url).Distinct().Count());
        Assert.Contains(announcements, announcement => announcement.Keywords.Length > 0);
        Assert.Contains(announcements, announcement => announcement.TargetTypes.Length == 1);
        Assert.Contains(announcements, announcement => announcement.MinTrl is not null && announcement.MaxTrl is not null);
        Assert.Contains(announcements, announcement => announcement.Category is not null);
        Assert.Contains(announcements, announcement => announcement.AttachmentNames.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Source_stores_web_addresses_when_the_board_is_found_through_service_discovery(string board)
    {
        await using var boards = new BoardsHarness(discovery: true);

        var read = await boards.ReadAsync(Enum.Parse<Agency>(board));

        Assert.Equal((await boards.StateAsync()).Count(row => row.Board == board), read.Count);
        Assert.All(read, result =>
        {
            Assert.StartsWith(boards.Control.BaseAddress!.AbsoluteUri, result.Announcement!.Url, StringComparison.Ordinal);
            Assert.DoesNotContain("/./", result.Announcement.Url, StringComparison.Ordinal);
            Assert.DoesNotContain("jsessionid", result.Announcement.Url, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public async Task Source_walks_to_the_end_when_the_pager_shows_ten_pages_at_a_time(string board)
    {
        await using var boards = new BoardsHarness(programs: 1_900);

        var read = await boards.ReadAsync(Enum.Parse<Agency>(board));

        Assert.DoesNotContain(read, result => result.Error is not null);
        var published = (await boards.StateAsync()).Where(row => row.Board == board);
        Assert.Equal(Sorted(published), Sorted(read.Select(result => Row(result.Announcement!))));
        var lists = (await boards.RequestsAsync(Enum.Parse<Agency>(board))).Lists;
        var size = board == "TIPA" ? 15 : 10;
        var keptApart = board == "IRIS" ? 3 : 1;
        Assert.InRange(lists, (read.Count + size - 1) / size, (read.Count / size) + keptApart);
        Assert.True(lists > 10);
    }

    [Fact]
    public async Task Boards_answer_when_they_publish_100_000_programs()
    {
        await using var boards = new BoardsHarness(programs: 100_000);

        var state = await boards.StateAsync();

        Assert.Equal(100_000, BoardsHarness.Announcements(state));
        var last = (state.Count(row => row.Board == "NTIS") + 9) / 10;
        using var form = new FormUrlEncodedContent([new("pageIndex", last.ToString(CultureInfo.InvariantCulture))]);
        using var response = await boards.Control.PostAsync(BoardsHarness.ListPath(Agency.NTIS), form, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(state.Last(row => row.Board == "NTIS").Title), page, StringComparison.Ordinal);
        var kimst = await boards.ReadAsync(Agency.KIMST);
        Assert.InRange(kimst.Count, 490, 520);
        Assert.All(kimst, result => Assert.NotNull(result.Announcement));
    }

    [Fact]
    public async Task Source_follows_the_boards_when_time_passes()
    {
        await using var boards = new BoardsHarness();
        await boards.ReadAsync(Agency.NTIS);
        var before = await boards.StateAsync();

        await boards.AdvanceAsync(announce: 20, changed: 10, closed: 5);

        var after = await boards.StateAsync();
        Assert.Equal(BoardsHarness.Announcements(before) + 20, BoardsHarness.Announcements(after));
        foreach (var agency in BoardsHarness.Agencies)
        {
            var read = await boards.ReadAsync(agency);
            Assert.Equal(
                Sorted(after.Where(row => row.Board == agency.ToString())),
                Sorted(read.Select(result => Row(result.Announcement!))));
        }
    }

    private static StateRow Row(ScrapedAnnouncement announcement) => new(
        announcement.Agency.ToString(),
        announcement.Title,
        JsonNamingPolicy.SnakeCaseUpper.ConvertName(KindClassifier.Classify(new(announcement.Title) { Body = announcement.Description }).ToString()),
        !announcement.Closed && (announcement.Deadline is null || announcement.Deadline > TimeProvider.System.GetUtcNow()),
        announcement.Deadline?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        announcement.BudgetAmount?.ToString(CultureInfo.InvariantCulture));

    private static List<string> Sorted(IEnumerable<StateRow> rows) =>
        [.. rows.Select(row => row.ToString()).Order(StringComparer.Ordinal)];
}
