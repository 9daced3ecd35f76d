using Connect.Data.Model;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Crawl.Pages;
using Connect.ScraperWorker.Lease;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Runs that were cut off, and workers that have lost their lease without noticing.</summary>
public sealed class ResumingTests(RunningApplication application)
{
    private static readonly ScrapedAnnouncement[] Announced =
        [.. Enumerable.Range(1, 3).Select(i => Announcements.Of($"2026년 제{i}차 인공지능 기술개발사업 공고"))];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Next_attempt_goes_on_with_what_the_first_one_read()
    {
        var board = new FakeSource().Lists(Announced[0], Announced[1]);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        var lease = await harness.AddLeaseAsync();
        await harness.StageAsync(lease, new(), [.. board.Rows]);

        // The list has a new announcement first; one of the two that the first attempt has read has changed.
        var next = await NextAsync(harness, lease);
        board.Lists(Announced[2]);
        board.Rows.Add(RowResult.ReadBefore(Announcements.Row(Announced[0]).Address!, $"list of {Announced[0].Title}"));
        board.Rows.Add(Announcements.Row(Announced[1] with { BudgetAmount = 7 }));
        await harness.RunAsync(next, CancellationToken);

        Assert.True(board.Known.Values.All(known => known.InThisRun));
        Assert.Equal(2, board.Known.Count);
        var run = await harness.FindRunAsync(lease.RunId);
        Assert.Equal((ScrapeStatus.Succeeded, 3, 3), (run.Status, run.Found, run.New));
        Assert.Equal(
            [Announced[0].BudgetAmount, 7, Announced[2].BudgetAmount], (await harness.ProgramsAsync()).Select(program => program.BudgetAmount));
        Assert.Equal(0, await harness.CountAsync("select count(*) from scrape_rows"));
    }

    [Fact]
    public async Task Next_attempt_forgets_what_the_list_no_longer_shows()
    {
        var board = new FakeSource().Lists(Announced[0], Announced[1]);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        var lease = await harness.AddLeaseAsync();
        await harness.StageAsync(lease, new(), [.. board.Rows]);

        var next = await NextAsync(harness, lease);
        board.Lists(Announced[1]);
        await harness.RunAsync(next, CancellationToken);

        Assert.Equal([Announced[1].Title], (await harness.ProgramsAsync()).Select(program => program.Title));
    }

    [Fact]
    public async Task Next_attempt_reads_anew_when_the_first_one_is_long_ago()
    {
        var board = new FakeSource().Lists(Announced[0], Announced[1]);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        var lease = await harness.AddLeaseAsync();
        await harness.StageAsync(lease, new(), [.. board.Rows]);
        harness.Advance(TimeSpan.FromMinutes(61));

        await harness.RunAsync(await NextAsync(harness, lease), CancellationToken);

        Assert.Empty(board.Known);
        Assert.Equal(2, (await harness.FindRunAsync(lease.RunId)).New);
    }

    [Fact]
    public async Task Worker_changes_nothing_when_another_one_has_taken_its_run()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource().Lists(Announced));
        var lease = await harness.AddLeaseAsync();
        await NextAsync(harness, lease);

        await Assert.ThrowsAsync<LeaseLostException>(() => harness.RunAsync(lease, CancellationToken));

        var run = await harness.FindRunAsync(lease.RunId);
        Assert.Equal((ScrapeStatus.Running, 2), (run.Status, run.Attempts));
        Assert.Empty(await harness.ProgramsAsync());
        Assert.Empty(await harness.GenerationsAsync());
    }

    [Fact]
    public async Task Worker_ends_nothing_when_another_one_has_taken_the_run_that_fails_here()
    {
        await using var harness = await IngestionHarness.CreateAsync(
            application, new FakeSource { Failure = new BoardException("/list answered 500") });
        var lease = await harness.AddLeaseAsync();
        await NextAsync(harness, lease);

        await harness.RunAsync(lease, CancellationToken);

        var run = await harness.FindRunAsync(lease.RunId);
        Assert.Equal((ScrapeStatus.Running, null), (run.Status, run.CompletedAt));
    }

    [Fact]
    public async Task Rows_of_ended_runs_are_tidied_up_by_the_next_one()
    {
        var board = new FakeSource { Failure = new BoardException("/list answered 500") }.Lists(Announced);
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        var lease = await harness.AddLeaseAsync();
        await harness.StageAsync(lease, new(), [.. board.Rows]);
        await harness.EndAsync(lease.RunId);

        await harness.RunAsync();

        Assert.Equal(0, await harness.CountAsync($"select count(*) from scrape_rows where run_id = '{lease.RunId}'"));
    }

    /// <summary>The worker died, and the run was taken up once more.</summary>
    private static async Task<RunLease> NextAsync(IngestionHarness harness, RunLease lease)
    {
        await harness.ExecuteAsync($"update scrape_runs set attempts = attempts + 1 where id = '{lease.RunId}'");
        return lease with { Attempt = lease.Attempt + 1 };
    }
}
