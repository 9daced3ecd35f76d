using System.Diagnostics.Metrics;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Http;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>Suspicious runs: they change nothing, and are logged as errors.</summary>
public sealed class SuspiciousRunTests(RunningApplication application)
{
    [Fact]
    public async Task Run_is_suspicious_when_a_board_suddenly_lists_nothing()
    {
        var board = new FakeSource().Lists(Announcements.Of());
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();

        board.Lists();
        await AssertSuspiciousAsync(harness, Suspicion.NothingListed, "The board lists nothing, and listed something before.");
    }

    [Fact]
    public async Task Run_is_suspicious_when_the_layout_is_lost()
    {
        var board = new FakeSource().Lists(Announcements.Of());
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();

        board.Lists(Announcements.Of("2026년 다른 공고"));
        board.Failure = new BoardException("list page 2 has lost its table", BoardFailure.LayoutLost);
        await AssertSuspiciousAsync(harness, Suspicion.LayoutLost, "list page 2 has lost its table");
    }

    [Fact]
    public async Task Run_is_suspicious_when_most_rows_are_unreadable()
    {
        var board = new FakeSource().Lists(Announcements.Of());
        await using var harness = await IngestionHarness.CreateAsync(application, board);
        await harness.RunAsync();

        board.Lists(Announcements.Of("2026년 다른 공고")).Fails(30);
        var run = await AssertSuspiciousAsync(harness, Suspicion.MostUnreadable, "30 of 31 rows could not be read.");

        Assert.Equal((1, 30, 20), (run.Found, run.Failed, run.RowErrors.Count));
    }

    [Fact]
    public async Task Run_is_not_suspicious_when_as_many_rows_are_read_as_are_not()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource().Lists(Announcements.Of()).Fails(1));

        Assert.Equal(ScrapeStatus.Succeeded, (await harness.RunAsync()).Status);
    }

    private static async Task<ScrapeRun> AssertSuspiciousAsync(IngestionHarness harness, Suspicion reason, string message)
    {
        var (programs, generations) = (await harness.ProgramsAsync(), await harness.GenerationsAsync());
        using var counter = new MetricCollector<long>(
            harness.Get<IMeterFactory>(), ConnectTelemetry.ScraperMeter, ConnectTelemetry.Scraper.SuspiciousRuns);

        var run = await harness.RunAsync();

        Assert.Equal((ScrapeStatus.Suspicious, message), (run.Status, run.Error));
        Assert.NotNull(run.CompletedAt);
        Assert.Equal(programs.Select(Describe), (await harness.ProgramsAsync()).Select(Describe));
        Assert.Equal(generations, await harness.GenerationsAsync());
        var measured = Assert.Single(counter.ReadCounted());
        Assert.Equal((1, reason.ToString(), "NTIS"), (measured.Value, measured.Tags["reason"], measured.Tags["agency"]));
        var logged = Assert.Single(harness.Logged, record => record.Id.Name == "SuspiciousRun");
        Assert.Equal(LogLevel.Error, logged.Level);
        Assert.Contains(message, logged.Message, StringComparison.Ordinal);
        return run;

        static (Guid, string, ProgramStatus, DateTimeOffset) Describe(FundingProgram program) =>
            (program.Id, program.Fingerprint, program.Status, program.UpdatedAt);
    }
}
