using System.Collections.Concurrent;
using System.Diagnostics;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;
using Connect.ScraperWorker.Lease;
using Connect.ScraperWorker.Queue;
using Connect.Tests.Distributed;

namespace Connect.Tests.Functional.Ingestion;

public sealed class ScrapeRunnerTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_succeeds_when_the_board_can_be_read()
    {
        var board = new FakeSource().Lists(Announcements.Of("첫째"), Announcements.Of("둘째"));
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 2, 2), (run.Status, run.Found, run.New));
        Assert.Equal(2, (await harness.ProgramsAsync()).Count);
    }

    [Fact]
    public async Task Run_is_one_trace_of_reading_and_merging()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource().Lists(Announcements.Of()));
        ConcurrentQueue<Activity> ended = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ConnectTelemetry.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var asking = new Activity("asking").SetIdFormat(ActivityIdFormat.W3C).Start();

        await harness.RunAsync();

        // Other tests run boards meanwhile.
        var trace = ended.Where(activity => activity.TraceId == asking.TraceId).ToList();
        var run = Assert.Single(trace, activity => activity.ParentSpanId == asking.SpanId);
        Assert.Equal((ConnectTelemetry.Activities.ScrapeRun, "NTIS"), (run.OperationName, run.GetTagItem(ConnectTelemetry.Attributes.ScrapeAgency)));
        Assert.Equal(
            [ConnectTelemetry.Activities.ScrapeRead, ConnectTelemetry.Activities.ScrapeMerge],
            trace.Where(activity => activity.ParentSpanId == run.SpanId).Select(activity => activity.OperationName));
    }

    [Fact]
    public async Task Run_succeeds_when_an_empty_board_was_always_empty()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource());

        Assert.Equal(ScrapeStatus.Succeeded, (await harness.RunAsync()).Status);
    }

    [Fact]
    public async Task Run_succeeds_and_says_so_when_one_row_is_unreadable()
    {
        var board = new FakeSource().Lists(Announcements.Of("첫째"), Announcements.Of("둘째")).Fails(1);
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Succeeded, 2, 1), (run.Status, run.Found, run.Failed));
        Assert.Equal(["/view?id=1: the detail page is gone"], run.RowErrors);
        Assert.Equal(2, (await harness.ProgramsAsync()).Count);
    }

    [Fact]
    public async Task Run_fails_with_the_reason_when_the_board_cannot_be_read()
    {
        var board = new FakeSource().Lists(Announcements.Of());
        board.Failure = new BoardException("/list answered 500");
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Failed, "/list answered 500"), (run.Status, run.Error));
        Assert.NotNull(run.CompletedAt);
        Assert.Empty(await harness.ProgramsAsync());
    }

    [Fact]
    public async Task Run_fails_with_a_reason_that_can_be_stored_when_the_message_cannot()
    {
        var board = new FakeSource { Failure = new BoardException($"a\0b\ud800c {string.Concat(Enumerable.Repeat("😀", 200))}") };
        await using var harness = await IngestionHarness.CreateAsync(application, board);

        var run = await harness.RunAsync();

        Assert.Equal(ScrapeStatus.Failed, run.Status);
        Assert.StartsWith("abc 😀", run.Error, StringComparison.Ordinal);
        Assert.InRange(run.Error!.Length, 1, 300);
    }

    [Fact]
    public async Task Run_waits_to_be_taken_up_again_when_postgres_is_away()
    {
        var board = new FakeSource { Failure = new Npgsql.NpgsqlException("away", new IOException("broken")) };
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        var lease = await harness.AddLeaseAsync();

        await Assert.ThrowsAsync<Npgsql.NpgsqlException>(() => harness.RunAsync(lease, CancellationToken));

        var run = await harness.FindRunAsync(lease.RunId);
        Assert.Equal((ScrapeStatus.Running, null), (run.Status, run.CompletedAt));
    }

    [Fact]
    public async Task Run_fails_when_nothing_reads_its_board()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource(Agency.IITP));

        var run = await harness.RunAsync(Agency.KEIT);

        Assert.Equal((ScrapeStatus.Failed, "No source is configured for KEIT."), (run.Status, run.Error));
    }

    [Fact]
    public async Task Run_stays_running_and_is_taken_up_again_when_the_worker_stops()
    {
        var board = new FakeSource { Wait = new TaskCompletionSource().Task }.Lists(Announcements.Of());
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        var lease = await harness.AddLeaseAsync();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);

        var running = harness.RunAsync(lease, stopping.Token);
        await board.Started.Task.WaitAsync(CancellationToken);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var run = await harness.FindRunAsync(lease.RunId);
        Assert.Equal((ScrapeStatus.Running, null), (run.Status, run.CompletedAt));
        Assert.Empty(await harness.ProgramsAsync());

        await using var held = await BoardLease.TryTakeAsync(harness.CreateConnection(), Agency.NTIS, CancellationToken);
        Assert.Equal(lease with { Attempt = 2 }, await harness.Get<ScrapeRunStore>().TakeNextAsync(held!, 10, CancellationToken));
    }
}
