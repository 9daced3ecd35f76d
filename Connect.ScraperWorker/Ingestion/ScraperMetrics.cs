using System.Diagnostics.Metrics;
using Connect.Core.Diagnostics;
using Connect.Core.Programs;
using Connect.Core.Scraping;
using Connect.ScraperWorker.Ingestion.Merging;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>The scraper's numbers, on meter <c>Connect.Scraper</c>.</summary>
internal sealed class ScraperMetrics
{
    private readonly Counter<long> _runs;
    private readonly Counter<long> _suspicious;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _rows;

    public ScraperMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ConnectTelemetry.ScraperMeter);
        _runs = meter.CreateCounter<long>("connect.scraper.runs", "{run}", "Runs by agency and status.");
        _suspicious = meter.CreateCounter<long>("connect.scraper.suspicious_runs", "{run}", "Runs that were not believed, by agency and reason.");
        _duration = meter.CreateHistogram<double>("connect.scraper.run.duration", "s", "Time that runs took.");
        _calls = meter.CreateCounter<long>("connect.scraper.calls", "{call}", "Announcements by what became of them.");
        _rows = meter.CreateCounter<long>("connect.scraper.rows", "{row}", "Rows of boards by how they were read.");
    }

    public void Ran(Agency agency, ScrapeStatus status, TimeSpan elapsed)
    {
        _runs.Add(1, new("agency", agency.ToString()), new KeyValuePair<string, object?>("status", status.ToString()));
        _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("agency", agency.ToString()));
    }

    public void Suspected(Agency agency, Implausibility reason) =>
        _suspicious.Add(1, new("agency", agency.ToString()), new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Ingested(Agency agency, MergeCounts counts, ScrapeProgress progress)
    {
        Count(_calls, agency, "new", counts.New);
        Count(_calls, agency, "changed", counts.Changed);
        Count(_calls, agency, "unchanged", counts.Unchanged);
        Count(_calls, agency, "vanished", counts.Vanished);
        Count(_calls, agency, "reposted", counts.Reposted);
        Count(_rows, agency, "read", progress.Found - progress.NotModified);
        Count(_rows, agency, "not_modified", progress.NotModified);
        Count(_rows, agency, "unreadable", progress.Failed);
    }

    private static void Count(Counter<long> counter, Agency agency, string outcome, int count) =>
        counter.Add(count, new("agency", agency.ToString()), new KeyValuePair<string, object?>("outcome", outcome));
}
