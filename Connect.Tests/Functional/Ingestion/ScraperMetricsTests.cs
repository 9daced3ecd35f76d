using System.Diagnostics.Metrics;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Diagnostics;
using Connect.Tests.Distributed;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Tests.Functional.Ingestion;

/// <summary>The worker's metrics of its boards.</summary>
public sealed class ScraperMetricsTests(RunningApplication application)
{
    private static readonly DateTimeOffset Earlier = IngestionHarness.Now.AddHours(-30);

    [Fact]
    public async Task Series_of_every_board_are_there_before_its_first_run()
    {
        await using var harness = await IngestionHarness.CreateAsync(application, new FakeSource(), new FakeSource(Agency.KEIT));
        _ = harness.Get<ScraperMetrics>();

        Assert.Equal(
            ["KEIT Failed", "KEIT Succeeded", "KEIT Suspicious", "NTIS Failed", "NTIS Succeeded", "NTIS Suspicious"],
            Series(harness, ConnectTelemetry.Scraper.Runs, "status"));
        Assert.Equal(
            Enum.GetNames<Suspicion>().Order(StringComparer.Ordinal).Select(reason => $"NTIS {reason}"),
            Series(harness, ConnectTelemetry.Scraper.SuspiciousRuns, "reason").Where(series => series.StartsWith("NTIS", StringComparison.Ordinal)));
        Assert.Equal(10, Series(harness, ConnectTelemetry.Scraper.Programs, "outcome").Count);
        Assert.Equal(8, Series(harness, ConnectTelemetry.Scraper.Rows, "outcome").Count);
    }

    [Fact]
    public async Task Last_success_survives_a_restart_and_is_raised_by_the_next_one()
    {
        await using var harness = await IngestionHarness.CreateAsync(
            application, new FakeSource().Lists(Announcements.Of()), new FakeSource(Agency.KEIT), new FakeSource(Agency.TIPA));
        await AddRunAsync(harness, Agency.NTIS, ScrapeStatus.Succeeded, Earlier.AddDays(-1));
        await AddRunAsync(harness, Agency.NTIS, ScrapeStatus.Succeeded, Earlier);
        await AddRunAsync(harness, Agency.NTIS, ScrapeStatus.Failed, Earlier.AddHours(5));
        await AddRunAsync(harness, Agency.KEIT, ScrapeStatus.Suspicious, Earlier);
        await AddRunAsync(harness, Agency.TIPA, ScrapeStatus.Succeeded, Earlier);
        _ = harness.Get<ScraperMetrics>();
        using var last = new MetricCollector<long>(
            harness.Get<IMeterFactory>(), ConnectTelemetry.ScraperMeter, ConnectTelemetry.Scraper.LastSuccess);

        Assert.Empty(last.ReadSeries());
        await harness.Get<LastSuccesses>().ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("KEIT", 0L), ("NTIS", Earlier.ToUnixTimeSeconds()), ("TIPA", Earlier.ToUnixTimeSeconds())], Read());

        Assert.Equal(ScrapeStatus.Succeeded, (await harness.RunAsync()).Status);
        await AddRunAsync(harness, Agency.TIPA, ScrapeStatus.Succeeded, Earlier.AddHours(1));
        Assert.Equal([("KEIT", 0L), ("NTIS", IngestionHarness.Now.ToUnixTimeSeconds()), ("TIPA", Earlier.ToUnixTimeSeconds())], Read());

        // Of other workers.
        await harness.Get<LastSuccesses>().ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [("KEIT", 0L), ("NTIS", IngestionHarness.Now.ToUnixTimeSeconds()), ("TIPA", Earlier.AddHours(1).ToUnixTimeSeconds())], Read());

        IEnumerable<(string, long)> Read() => last.ReadSeries().Select(m => ((string)m.Tags["agency"]!, m.Value)).Order();
    }

    private static List<string> Series(IngestionHarness harness, string name, string dimension)
    {
        using var collector = new MetricCollector<long>(harness.Get<IMeterFactory>(), ConnectTelemetry.ScraperMeter, name);
        var series = collector.ReadSeries();
        Assert.All(series, measurement => Assert.Equal(0, measurement.Value));
        return [.. series.Select(m => $"{m.Tags["agency"]} {m.Tags[dimension]}").Order(StringComparer.Ordinal)];
    }

    private static async Task AddRunAsync(IngestionHarness harness, Agency agency, ScrapeStatus status, DateTimeOffset at)
    {
        await using var context = harness.CreateContext();
        context.ScrapeRuns.Add(new() { Agency = agency, Trigger = ScrapeTrigger.Schedule, Status = status, RequestedAt = at, CompletedAt = at });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
