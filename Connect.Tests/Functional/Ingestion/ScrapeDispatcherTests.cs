using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker;
using Connect.ScraperWorker.Crawl.Http;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Functional.Ingestion;

public sealed class ScrapeDispatcherTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queued_runs_are_carried_out_when_a_worker_polls()
    {
        var (ntis, iitp) = (new FakeSource(), new FakeSource(Agency.IITP) { Failure = new BoardException("/list is gone") });
        ntis.Lists(Announcements.Of() with { Deadline = null });
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, ntis, iitp);
        using var dispatcher = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        await dispatcher.StartAsync(CancellationToken);

        Guid[] ids = [.. await harness.EnqueueAsync(Agency.NTIS, Agency.IITP), await harness.AddWaitingAsync(Agency.NTIS)];
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
        var board = new FakeSource { Wait = release.Task }.Lists(Announcements.Of() with { Deadline = null });
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, board);
        using var first = harness.Create<ScrapeDispatcher>();
        using var second = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        Guid[] ids = [.. await harness.EnqueueAsync(Agency.NTIS), await harness.AddWaitingAsync(Agency.NTIS)];
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
        Assert.Equal(2, board.Crawls);
    }

    [Fact]
    public async Task Run_is_finished_by_the_next_worker_when_the_first_one_stops()
    {
        var board = new FakeSource { Wait = new TaskCompletionSource().Task }.Lists(Announcements.Of() with { Deadline = null });
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
    public async Task Run_shows_how_far_it_is_while_it_is_under_way()
    {
        var board = new FakeSource { Wait = new TaskCompletionSource().Task }
            .Lists(Announcements.Of("2026년 제1차 공고"), Announcements.Of("2026년 제2차 공고")).Fails(1);
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, board);
        using var dispatcher = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        var id = Assert.Single(await harness.EnqueueAsync(Agency.NTIS));
        await dispatcher.StartAsync(CancellationToken);

        await TestInstance.EventuallyAsync(async () => (await harness.FindRunAsync(id)).Found > 0);

        var run = await harness.FindRunAsync(id);
        await dispatcher.StopAsync(CancellationToken);
        Assert.Equal((ScrapeStatus.Running, 1, 2, 1), (run.Status, run.Attempts, run.Found, run.Failed));
        Assert.NotNull(run.ProgressAt);
    }

    [Fact]
    public async Task Run_is_left_to_another_worker_when_the_claim_is_lost()
    {
        var board = new FakeSource { Wait = new TaskCompletionSource().Task }.Lists(Announcements.Of() with { Deadline = null });
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, board);
        using var first = harness.Create<ScrapeDispatcher>();
        using var second = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        var id = Assert.Single(await harness.EnqueueAsync(Agency.NTIS));
        await first.StartAsync(CancellationToken);
        await board.Waiting.Task.WaitAsync(CancellationToken);
        await second.StartAsync(CancellationToken);

        // The connection breaks, the worker lives. Its next progress report fails, and the run is free for either
        // worker.
        board.Wait = null;
        await harness.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'connect-board' and datname = current_database()");
        var run = await harness.AwaitEndAsync(id);

        await first.StopAsync(CancellationToken);
        await second.StopAsync(CancellationToken);
        Assert.Equal((ScrapeStatus.Succeeded, 2, 1), (run.Status, run.Attempts, run.New));
        Assert.Equal(2, board.Crawls);
        Assert.Single(await harness.ProgramsAsync());
    }

    [Fact]
    public async Task Run_is_given_up_when_it_has_cost_too_many_workers()
    {
        await using var harness = await IngestionHarness.CreateOnSystemTimeAsync(application, new FakeSource());
        var deadly = await harness.AddRunAsync();
        await harness.ExecuteAsync("update scrape_runs set attempts = 10");
        var next = Assert.Single(await harness.EnqueueAsync(Agency.NTIS));
        using var dispatcher = harness.Create<ScrapeDispatcher>();
        harness.Ready.Set();
        await dispatcher.StartAsync(CancellationToken);

        var runs = (await harness.AwaitEndAsync(deadly.Id), await harness.AwaitEndAsync(next));

        await dispatcher.StopAsync(CancellationToken);
        Assert.Equal((ScrapeStatus.Failed, "Given up after 10 attempts."), (runs.Item1.Status, runs.Item1.Error));
        Assert.Equal(ScrapeStatus.Succeeded, runs.Item2.Status);
    }

    [Fact]
    public async Task Nothing_is_read_when_the_migrations_are_not_applied()
    {
        var board = new FakeSource();
        await using var harness = await IngestionHarness.CreateEmptyAsync(application, board);
        using var dispatcher = harness.Create<ScrapeDispatcher>();

        await dispatcher.StartAsync(CancellationToken);
        await dispatcher.StopAsync(CancellationToken);

        Assert.Equal(0, board.Crawls);
        Assert.False(dispatcher.ExecuteTask!.IsFaulted);
    }
}
