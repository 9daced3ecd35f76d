using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Connect.Data.Diagnostics;
using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Merge;

namespace Connect.ScraperWorker.Diagnostics;

/// <summary>The scraper's metrics, on meter <c>Connect.Scraper</c>. Every enabled board has its series from the start.</summary>
internal sealed class ScraperMetrics
{
    private static readonly ScrapeStatus[] Ends = [ScrapeStatus.Succeeded, ScrapeStatus.Suspicious, ScrapeStatus.Failed];
    private static readonly string[] ProgramOutcomes = ["new", "changed", "unchanged", "vanished", "reposted"];
    private static readonly string[] RowOutcomes = ["read", "unsure", "not_modified", "unreadable"];

    private readonly ConcurrentDictionary<Agency, long> _lastSuccess = new();
    private readonly SeededCounter _runs;
    private readonly SeededCounter _suspicious;
    private readonly Histogram<double> _duration;
    private readonly SeededCounter _programs;
    private readonly SeededCounter _rows;

    public ScraperMetrics(IMeterFactory meters, IEnumerable<IAnnouncementSource> sources)
    {
        var meter = meters.Create(ConnectTelemetry.ScraperMeter);
        Agencies = [.. sources.Select(source => source.Agency).Distinct()];
        _runs = Count(
            meter, ConnectTelemetry.Scraper.Runs, "{run}", "Runs by agency and status.", ConnectTelemetry.Dimensions.Status,
            Ends.Select(status => status.ToString()));
        _suspicious = Count(
            meter, ConnectTelemetry.Scraper.SuspiciousRuns, "{run}", "Suspicious runs, by agency and reason.",
            ConnectTelemetry.Dimensions.Reason, Enum.GetNames<Suspicion>());
        _duration = meter.CreateHistogram(
            ConnectTelemetry.Scraper.RunDuration, "s", "Time that runs took.",
            advice: InstrumentsRegistration.Buckets(1, 5, 10, 30, 60, 120, 300, 600, 1200, 3600));
        meter.CreateObservableGauge(
            ConnectTelemetry.Scraper.LastSuccess, ObserveLastSuccess, "s", "When the last run ended that succeeded, in Unix time; 0 for never.");
        _programs = Count(
            meter, ConnectTelemetry.Scraper.Programs, "{program}", "Programs by what became of them.", ConnectTelemetry.Dimensions.Outcome,
            ProgramOutcomes);
        _rows = Count(
            meter, ConnectTelemetry.Scraper.Rows, "{row}", "Rows of boards by how they were read.", ConnectTelemetry.Dimensions.Outcome,
            RowOutcomes);
    }

    /// <summary>The agencies of enabled boards.</summary>
    public IReadOnlyList<Agency> Agencies { get; }

    public void Ran(Agency agency, ScrapeStatus status, TimeSpan elapsed)
    {
        _runs.Add(agency.ToString(), status.ToString());
        _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Agency, agency.ToString()));
    }

    /// <summary>Records a successful run, of this instance or another one; a time before the known one is ignored.</summary>
    /// <param name="agency">The board's agency.</param>
    /// <param name="at">The run's end; null where no run has succeeded.</param>
    public void Succeeded(Agency agency, DateTimeOffset? at) => _lastSuccess.AddOrUpdate(
        agency, static (_, seconds) => seconds, static (_, known, seconds) => Math.Max(known, seconds), at?.ToUnixTimeSeconds() ?? 0);

    public void Suspected(Agency agency, Suspicion reason) => _suspicious.Add(agency.ToString(), reason.ToString());

    public void Published(Agency agency, MergeCounts counts, ScrapeProgress progress)
    {
        var name = agency.ToString();
        _programs.Add(name, "new", counts.New);
        _programs.Add(name, "changed", counts.Changed);
        _programs.Add(name, "unchanged", counts.Unchanged);
        _programs.Add(name, "vanished", counts.Vanished);
        _programs.Add(name, "reposted", counts.Reposted);
        _rows.Add(name, "read", progress.Found - progress.NotModified - progress.Unsure);
        _rows.Add(name, "unsure", progress.Unsure);
        _rows.Add(name, "not_modified", progress.NotModified);
        _rows.Add(name, "unreadable", progress.Failed);
    }

    private SeededCounter Count(Meter meter, string name, string unit, string description, string dimension, IEnumerable<string> known) => new(
        meter, name, unit, description, (ConnectTelemetry.Dimensions.Agency, dimension),
        from agency in Agencies from word in known select (agency.ToString(), word));

    private IEnumerable<Measurement<long>> ObserveLastSuccess() => _lastSuccess.Select(entry => new Measurement<long>(
        entry.Value, new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Agency, entry.Key.ToString())));
}
