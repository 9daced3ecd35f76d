using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Inspect;

namespace Connect.Tests.Functional.Boards;

/// <summary>Boards by another of their layouts, and by the command that inspects them.</summary>
public sealed class OtherLayoutsTests
{
    [Theory]
    [InlineData(Agency.NTIS, "NTIS.feed")]
    [InlineData(Agency.IRIS, "IRIS.html")]
    public async Task Board_is_the_same_when_it_is_read_by_another_layout(Agency agency, string layout)
    {
        await using var boards = new BoardsHarness();
        await using var others = new BoardsHarness(settings: new()
        {
            [$"Sources:{agency}:Layout"] = layout,
            [$"Sources:{agency}:Paging:Each:0"] = "ancmPrg=ancmIng",
            [$"Sources:{agency}:Paging:Each:1"] = "ancmPrg=ancmPre",
            [$"Sources:{agency}:Paging:Each:2"] = "ancmPrg=ancmEnd",
        });

        var (known, other) = (await boards.ReadAsync(agency), await others.ReadAsync(agency));

        Assert.All(other, row => Assert.Null(row.Error));
        Assert.Equal(Contents(known), Contents(other));
        Assert.Equal(known.Select(row => row.Address).Order(), other.Select(row => row.Address).Order());
    }

    [Theory]
    [InlineData("NTIS")]
    [InlineData("IITP")]
    [InlineData("TIPA")]
    [InlineData("KEIT")]
    [InlineData("IRIS")]
    public async Task Command_reads_lists_and_pages_when_they_are_files_or_addresses(string board)
    {
        await using var boards = new BoardsHarness();
        var agency = Enum.Parse<Agency>(board);
        var first = (await boards.ReadAsync(agency))[0].Announcement!;
        using var page = new TemporaryFile(await boards.Control.GetByteArrayAsync(first.Url, TestContext.Current.CancellationToken));

        var (exit, output) = await InspectAsync(page.Path);

        Assert.Equal(0, exit);
        Assert.Contains($"title          {first.Title}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_asks_as_politely_as_the_worker()
    {
        await using var boards = new BoardsHarness(robots: "User-agent: *\nDisallow: /ntis/\n");
        using var layout = new TemporaryFile(
            """{ "BaseAddress": "https://ntis.example", "ListPath": "/rndgate/eg/un/ra/mng.do", "Shape": "Table", "Table": { "Headings": "공고명, 부처명" }, "AllowPrivateAddresses": true, "RequestsPerMinute": 60000, "DetailCall": "fn_view", "DetailPath": "/ntis/rndgate/eg/un/ra/view.do?roRndUid={0}", "Evidence": {} }"""u8.ToArray());

        var (refused, _) = await InspectAsync(new Uri(boards.Control.BaseAddress!, BoardsHarness.ListPath(Agency.NTIS)).AbsoluteUri, "--layout", layout.Path);
        var (tipa, _) = await InspectAsync(new Uri(boards.Control.BaseAddress!, BoardsHarness.ListPath(Agency.TIPA)).AbsoluteUri, "--layout", layout.Path);

        // robots.txt forbids the one; the other is a page, and of another layout.
        Assert.Equal((2, 2), (refused, tipa));
        Assert.Equal(0, (await boards.RequestsAsync(Agency.NTIS)).Lists);
        Assert.Equal(1, (await boards.RequestsAsync(Agency.TIPA)).Lists);
    }

    private static List<string> Contents(IEnumerable<RowResult> rows) =>
        [.. rows.Select(row => Content(row.Announcement!)).Order(StringComparer.Ordinal)];

    // The feed of NTIS shows no state, and the HTML of IRIS no period.
    private static string Content(ScrapedAnnouncement announcement) => string.Join(
        '\n', announcement.Title, new Uri(announcement.Url).PathAndQuery, announcement.Ministry, announcement.Deadline, announcement.Description);

    private static async Task<(int Exit, string Output)> InspectAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await InspectCommand.RunAsync(["inspect", .. args], output, error, TimeProvider.System, TestContext.Current.CancellationToken);
        return (exit, output.ToString() + error);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"connect-{Guid.NewGuid():N}.json");

        public void Dispose() => File.Delete(Path);
    }
}
