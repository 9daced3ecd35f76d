using System.Net;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Functional.Boards;

public sealed class AdvanceTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Source_misses_the_programs_when_they_are_withdrawn()
    {
        await using var boards = new BoardsHarness();
        var before = await ReadAllAsync(boards);

        await boards.AdvanceAsync(withdrawn: 12);

        var after = await ReadAllAsync(boards);
        var gone = before.Keys.Except(after.Keys).ToList();
        Assert.Equal((12, before.Count - gone.Count), (Pages(gone).Count, after.Count));
        Assert.All(gone, address => Assert.False(before[address].Closed));
        await AssertGoneAsync(boards, gone);
    }

    [Fact]
    public async Task Source_finds_the_same_content_when_programs_have_another_address()
    {
        await using var boards = new BoardsHarness();
        var before = await ReadAllAsync(boards);

        await boards.AdvanceAsync(moved: 12);

        var after = await ReadAllAsync(boards);
        var gone = before.Keys.Except(after.Keys).ToList();
        var found = after.Keys.Except(before.Keys).ToList();
        Assert.Equal((12, 12), (Pages(gone).Count, Pages(found).Count));
        Assert.Equal(Sorted(gone.Select(address => Content(before[address]))), Sorted(found.Select(address => Content(after[address]))));
        await AssertGoneAsync(boards, gone);
    }

    [Fact]
    public async Task Source_finds_one_program_twice_or_extended_when_it_is_reposted()
    {
        await using var boards = new BoardsHarness();
        var before = await ReadAllAsync(boards);

        await boards.AdvanceAsync(reposted: 12);

        var after = await ReadAllAsync(boards);
        var gone = before.Keys.Except(after.Keys).ToList();
        var fresh = after.Where(entry => !before.ContainsKey(entry.Key)).Select(entry => entry.Value).ToList();
        Assert.Equal((6, 12), (Pages(gone).Count, fresh.DistinctBy(program => program.Url).Count()));
        await AssertGoneAsync(boards, gone);
        Assert.Equal(6, fresh.DistinctBy(program => program.Url).Count(program => program.Title.StartsWith("(재공고) ", StringComparison.Ordinal)));
        Assert.All(fresh, program =>
        {
            var title = program.Title[(program.Title.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            var old = Assert.Single(before.Values, candidate => (candidate.Agency, candidate.Title) == (program.Agency, title));
            Assert.Equal((old.BudgetAmount, old.Description, old.Ministry), (program.BudgetAmount, program.Description, program.Ministry));
            var isExtended = program.Title.StartsWith("(연장공고)", StringComparison.Ordinal);
            Assert.True(isExtended ? program.Deadline > old.Deadline : program.Deadline == old.Deadline);
        });
    }

    [Fact]
    public async Task Source_reads_what_is_published_when_everything_moves()
    {
        await using var boards = new BoardsHarness();
        for (var i = 0; i < 4; i++)
        {
            await boards.AdvanceAsync(announce: 6, changed: 8, closed: 2, withdrawn: 3, reposted: 4, moved: 5);
        }

        var read = (await ReadAllAsync(boards)).Values;

        var state = await boards.StateAsync();
        Assert.Equal(140 + (4 * (6 - 3 + 2)), BoardsHarness.Announcements(state));
        Assert.Equal(
            Sorted(state.Select(row => $"{row.Board} {row.Title} {row.BudgetAmount}")),
            Sorted(read.Select(program => $"{program.Agency} {program.Title} {program.BudgetAmount}")));
    }

    private static async Task<Dictionary<string, ScrapedAnnouncement>> ReadAllAsync(BoardsHarness boards)
    {
        Dictionary<string, ScrapedAnnouncement> read = [];
        foreach (var agency in BoardsHarness.Agencies)
        {
            foreach (var row in await boards.ReadAsync(agency))
            {
                read.Add($"{agency} {row.Announcement!.Url}", row.Announcement);
            }
        }

        return read;
    }

    private static async Task AssertGoneAsync(BoardsHarness boards, IEnumerable<string> addresses)
    {
        foreach (var address in Pages(addresses))
        {
            using var response = await boards.Control.GetAsync(address, CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    // An announcement of KIMST is a row of two boards, with one page.
    private static HashSet<string> Pages(IEnumerable<string> keys) => [.. keys.Select(static key => key.Split(' ')[1])];

    private static string Content(ScrapedAnnouncement program) => string.Join(
        '\n', program.Agency, program.Title, program.Deadline, program.BudgetAmount, string.Join(',', program.Keywords), program.MinTrl, program.MaxTrl, program.Description);

    private static List<string> Sorted(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];
}
