using System.Diagnostics.Metrics;
using Connect.Core.Caching.Warming;
using Connect.Core.Diagnostics;

namespace Connect.ScraperWorker.Warming;

/// <summary>The warmings' numbers, on meter <c>Connect.Cache</c>.</summary>
internal sealed class WarmingMetrics
{
    private readonly Counter<long> _organizations;
    private readonly Histogram<double> _duration;
    private int _running;

    public WarmingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ConnectTelemetry.CacheMeter);
        _organizations = meter.CreateCounter<long>("connect.cache.warming.organizations", "{organization}", "Rankings by what became of them.");
        _duration = meter.CreateHistogram<double>("connect.cache.warming.duration", "s", "Time that warmings took, by trigger and status.");
        meter.CreateObservableGauge("connect.cache.warming.running", () => Volatile.Read(ref _running), "{warming}", "Warmings under way.");
    }

    public void Started() => Interlocked.Increment(ref _running);

    /// <param name="outcome"><c>warmed</c>, <c>skipped</c> or <c>failed</c>.</param>
    public void Organization(string outcome) => _organizations.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Ended(string trigger, WarmingStatus status, TimeSpan elapsed)
    {
        Interlocked.Decrement(ref _running);
        _duration.Record(elapsed.TotalSeconds, new("trigger", trigger), new KeyValuePair<string, object?>("status", status.ToString()));
    }
}
