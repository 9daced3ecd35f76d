using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Tests.Unit.Sources.Http;

public sealed class RefusedPagesTests
{
    [Fact]
    public async Task Detail_page_costs_its_row_only_when_the_rules_disallow_it()
    {
        using var board = Board("Disallow: /rndgate");

        var rows = await ReadAsync(board);

        Assert.Contains(rows, row => row.Announcement is not null);
        Assert.Contains(
            new RowError("/rndgate/eg/un/ra/view.do?roRndUid=900002&flag=rndList", "/robots.txt of board.example:443 does not allow /rndgate/eg/un/ra/view.do"),
            rows.Select(row => row.Error));
        Assert.DoesNotContain(board.Requests, address => address.Contains("900002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_page_ends_the_walk_when_the_rules_disallow_it()
    {
        using var board = Board("Disallow: /list$");

        var failure = await Assert.ThrowsAsync<BoardException>(() => ReadAsync(board));

        Assert.Equal(BoardFailure.Refused, failure.Kind);
        Assert.Equal(["https://board.example/robots.txt"], board.Requests);
    }

    private static BoardPipeline Board(string rule) => new(
        request => BoardPipeline.Page(request.RequestUri!.AbsolutePath switch
        {
            "/robots.txt" => $"User-agent: ConnectBot\n{rule}",
            "/list" => PageFiles.Read("ntis-list.html"),
            _ => PageFiles.Read("ntis-detail.html"),
        }),
        robots: true);

    private static async Task<List<RowResult>> ReadAsync(BoardPipeline board)
    {
        List<RowResult> rows = [];
        await foreach (var row in board.Source.ReadAsync(NoKnownPostings.Instance, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
