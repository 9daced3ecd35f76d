using System.Diagnostics.Metrics;
using Connect.Core.Diagnostics;
using Connect.Core.Programs;
using Connect.Core.Scraping;

namespace Connect.ScraperWorker.Ingestion;

/// <summary>The scraper's numbers, on meter <c>Connect.Scraper</c>.</summary>
internal sealed class ScraperMetrics
{
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _calls;

    public ScraperMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ConnectTelemetry.ScraperMeter);
        _runs = meter.CreateCounter<long>("connect.scraper.runs", "{run}", "Runs by agency and status.");
        _duration = meter.CreateHistogram<double>("connect.scraper.run.duration", "s", "Time that runs took.");
        _calls = meter.CreateCounter<long>("connect.scraper.calls", "{call}", "Announcements by what became of them.");
    }

    public void Ran(Agency agency, ScrapeStatus status, TimeSpan elapsed)
    {
        _runs.Add(1, new("agency", agency.ToString()), new KeyValuePair<string, object?>("status", status.ToString()));
        _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("agency", agency.ToString()));
    }

    public void Ingested(Agency agency, IngestionResult result)
    {
        Count(agency, "new", result.New);
        Count(agency, "changed", result.Changed);
        Count(agency, "unchanged", result.Unchanged);
    }

    private void Count(Agency agency, string outcome, int count) =>
        _calls.Add(count, new("agency", agency.ToString()), new KeyValuePair<string, object?>("outcome", outcome));
}
