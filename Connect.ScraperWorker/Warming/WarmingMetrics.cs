using System.Diagnostics.Metrics;
using Connect.Caching.Diagnostics;
using Connect.Data.Diagnostics;
using Connect.Data.Model;

namespace Connect.ScraperWorker.Warming;

/// <summary>Metrics of warmings, on meter <c>Connect.Cache</c>.</summary>
internal sealed class WarmingMetrics
{
    public const string Warmed = "warmed";
    public const string Skipped = "skipped";
    public const string Failed = "failed";

    private readonly SeededCounter _organizations;
    private readonly Histogram<double> _duration;
    private int _running;

    public WarmingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CacheTelemetry.MeterName);
        _organizations = new(
            meter, ConnectTelemetry.Warming.Organizations, "{organization}", "Rankings by what became of them.",
            ConnectTelemetry.Dimensions.Outcome, [Warmed, Skipped, Failed]);
        _duration = meter.CreateHistogram(
            ConnectTelemetry.Warming.Duration, "s", "Time that warmings took, by trigger and status.",
            advice: InstrumentsRegistration.Buckets(0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600));
        meter.CreateObservableGauge(
            ConnectTelemetry.Warming.Running, () => Volatile.Read(ref _running), "{warming}", "Warmings under way.");
    }

    public void Started() => Interlocked.Increment(ref _running);

    /// <param name="outcome"><c>warmed</c>, <c>skipped</c> or <c>failed</c>.</param>
    public void Organization(string outcome) => _organizations.Add(outcome);

    public void Ended(string trigger, WarmingStatus status, TimeSpan elapsed)
    {
        Interlocked.Decrement(ref _running);
        _duration.Record(
            elapsed.TotalSeconds, new(ConnectTelemetry.Dimensions.Trigger, trigger),
            new KeyValuePair<string, object?>(ConnectTelemetry.Dimensions.Status, status.ToString()));
    }
}
