using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Scheduling;
using Connect.ScraperWorker.Sources;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

public sealed class ScrapeDispatcherTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queued_runs_are_carried_out_when_a_worker_polls()
    {
        var (ntis, iitp) = (new FakeSource(), new FakeSource(Agency.IITP) { Failure = new BoardException("/list is gone") });
        ntis.Lists(Announcements.Call() with { Deadline = null });
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, ntis, iitp);
        using var dispatcher = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        await dispatcher.StartAsync(CancellationToken);

        Guid[] ids = [.. await harness.EnqueueAsync(Agency.NTIS, Agency.IITP), .. await harness.EnqueueAsync(Agency.NTIS)];
        var runs = new List<ScrapeRun>();
        foreach (var id in ids)
        {
            runs.Add(await harness.AwaitEndAsync(id));
        }

        await dispatcher.StopAsync(CancellationToken);
        Assert.Equal([ScrapeStatus.Succeeded, ScrapeStatus.Failed, ScrapeStatus.Succeeded], runs.Select(run => run.Status));
        Assert.Equal([(1, 0), (0, 0), (0, 1)], runs.Select(run => (run.New, run.Unchanged)));
        Assert.True(runs[2].StartedAt >= runs[0].CompletedAt);
        Assert.Single(await harness.ProgramsAsync());
    }

    [Fact]
    public async Task Board_is_read_by_one_of_two_workers()
    {
        var release = new TaskCompletionSource();
        var board = new FakeSource { Wait = release.Task }.Lists(Announcements.Call() with { Deadline = null });
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, board);
        using var first = harness.Create<ScrapeDispatcher>();
        using var second = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        Guid[] ids = [.. await harness.EnqueueAsync(Agency.NTIS), .. await harness.EnqueueAsync(Agency.NTIS)];
        await first.StartAsync(CancellationToken);
        await second.StartAsync(CancellationToken);

        await board.Started.Task.WaitAsync(CancellationToken);
        var running = (await harness.RunsAsync()).Select(run => run.Status);
        release.SetResult();
        foreach (var id in ids)
        {
            Assert.Equal(ScrapeStatus.Succeeded, (await harness.AwaitEndAsync(id)).Status);
        }

        await first.StopAsync(CancellationToken);
        await second.StopAsync(CancellationToken);
        Assert.Equal([ScrapeStatus.Running, ScrapeStatus.Queued], running);
        Assert.Equal(2, board.Walks);
    }

    [Fact]
    public async Task Run_is_finished_by_the_next_worker_when_the_first_one_stops()
    {
        var board = new FakeSource { Wait = new TaskCompletionSource().Task }.Lists(Announcements.Call() with { Deadline = null });
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, board);
        harness.Ready.Set();
        var id = Assert.Single(await harness.EnqueueAsync(Agency.NTIS));
        using (var first = harness.Create<ScrapeDispatcher>())
        {
            await first.StartAsync(CancellationToken);
            await board.Started.Task.WaitAsync(CancellationToken);
            await first.StopAsync(CancellationToken);
        }

        Assert.Equal(ScrapeStatus.Running, (await harness.FindRunAsync(id)).Status);
        board.Wait = null;
        using var second = harness.Create<ScrapeDispatcher>();
        await second.StartAsync(CancellationToken);

        Assert.Equal(ScrapeStatus.Succeeded, (await harness.AwaitEndAsync(id)).Status);
        await second.StopAsync(CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_read_when_the_migrations_are_not_applied()
    {
        var board = new FakeSource();
        await using var harness = await IngestionHarness.CreateEmptyAsync(application, board);
        using var dispatcher = harness.Create<ScrapeDispatcher>();

        await dispatcher.StartAsync(CancellationToken);
        await dispatcher.StopAsync(CancellationToken);

        Assert.Equal(0, board.Walks);
        Assert.False(dispatcher.ExecuteTask!.IsFaulted);
    }
}
