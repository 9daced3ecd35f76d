using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Connect.Caching.Diagnostics;
using Connect.Caching.Layers;
using Connect.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connect.Caching.Tests.Diagnostics;

public sealed class CacheMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory _meters;
    private readonly CacheMetrics _metrics;

    public CacheMetricsTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _metrics = TestMetrics.Of(_meters);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Requests_are_observed_by_layer_and_outcome_exactly()
    {
        using var requests = Collect<long>(CacheTelemetry.Instruments.Requests);
        Parallel.For(0, 10_000, _ => _metrics.Read(TestMetrics.Products, CacheOutcome.Memory));
        _metrics.Read(TestMetrics.Products, CacheOutcome.Miss);
        _metrics.Read(TestMetrics.Stocks, CacheOutcome.Redis);
        _metrics.Read(TestMetrics.Stocks, CacheOutcome.Stale);

        Assert.Equal(
            [
                ("products", "memory", 10_000L), ("products", "miss", 1), ("stocks", "redis", 1), ("stocks", "stale", 1),
            ],
            requests.ReadCounted().Select(m => ((string)m.Tags["layer"]!, (string)m.Tags["outcome"]!, m.Value)));
    }

    [Fact]
    public void Series_that_can_be_foreseen_are_there_before_anything_is_counted()
    {
        Assert.Equal(
            TestMetrics.Layers.All.SelectMany(_ => (string[])["memory", "redis", "miss", "stale"], (layer, outcome) => $"{layer.Name} {outcome}"),
            Series(CacheTelemetry.Instruments.Requests, "layer", "outcome"));
        Assert.Equal(["error", "timeout", "open"], Series(CacheTelemetry.Instruments.RedisFailures, "kind"));
        Assert.Equal(["read", "write"], Series(CacheTelemetry.Instruments.RedisIo, "direction"));
        Assert.Equal([""], Series(CacheTelemetry.Instruments.Polled));
        Assert.Equal([""], Series(CacheTelemetry.Instruments.PollFailures));
        Assert.Superset(
            new HashSet<string>(["product price-changed", "category renamed", "product expired", "#* history-went-back"]),
            new HashSet<string>(Series(CacheTelemetry.Instruments.Evictions, "tag", "reason")));
        Assert.Contains("String", Series(CacheTelemetry.Instruments.PayloadsRefused, "type"));
        Assert.Contains("String", Series(CacheTelemetry.Instruments.PayloadsUndeserializable, "type"));
        Assert.Empty(Read().Evictions);
    }

    [Fact]
    public void Counting_a_read_allocates_nothing()
    {
        _metrics.Read(TestMetrics.Products, CacheOutcome.Memory);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var read = 0; read < 1000; read++)
        {
            _metrics.Read(TestMetrics.Products, CacheOutcome.Memory);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Every_layer_is_counted_as_itself()
    {
        var layers = TestMetrics.Layers.All;
        foreach (var layer in layers)
        {
            _metrics.Read(layer, CacheOutcome.Miss);
        }

        Assert.Equal(
            layers.Select(layer => (layer.Name, 1L)), Read().Layers.Select(layer => (layer.Name, layer.Miss)));
    }

    [Fact]
    public void Failed_computation_is_counted_and_named()
    {
        using var computing = Collect<double>(CacheTelemetry.Instruments.ComputeDuration);
        using var queries = Collect<long>(CacheTelemetry.Instruments.ComputeQueries);
        _metrics.Computed(TestMetrics.Products, TimeSpan.FromSeconds(2), queries: 3, error: null);
        _metrics.Computed(TestMetrics.Products, TimeSpan.FromSeconds(1), queries: 1, new TimeoutException());

        Assert.Equal(
            [(2d, null), (1d, "System.TimeoutException")],
            computing.GetMeasurementSnapshot().Select(m => (m.Value, m.Tags.GetValueOrDefault("error.type") as string)));
        var counted = Assert.Single(queries.ReadCounted());
        Assert.Equal((4, "products"), (counted.Value, counted.Tags["layer"]));
        var layer = Read().Layers[0];
        Assert.Equal((2, 1, 3d), (layer.Computations, layer.ComputationErrors, layer.ComputationSeconds));
    }

    [Fact]
    public void Evictions_are_counted_by_family_and_what_is_too_much_as_other()
    {
        using var evictions = Collect<long>(CacheTelemetry.Instruments.Evictions);
        _metrics.Evicted("org:1", "profile-changed");
        _metrics.Evicted("org:2", "profile-changed");
        for (var made = 0; made < 1000; made++)
        {
            _metrics.Evicted($"made-up-{made}", "requested");
        }

        var counted = Read().Evictions;
        Assert.Equal(2, counted.Single(eviction => eviction is { Tag: "org", Reason: "profile-changed" }).Count);
        Assert.Equal(1002, counted.Sum(eviction => eviction.Count));
        Assert.InRange(counted.Length, 2, 66);
        Assert.Equal(1002, evictions.ReadCounted().Sum(m => m.Value));
        Assert.Equal(
            counted.Select(eviction => (eviction.Tag, eviction.Reason)).Order(),
            evictions.ReadCounted().Select(m => ((string)m.Tags["tag"]!, (string)m.Tags["reason"]!)).Order());
    }

    [Fact]
    public void Lag_is_told_by_percentiles_of_several_processes()
    {
        foreach (var milliseconds in Enumerable.Range(1, 100))
        {
            _metrics.Heard(TimeSpan.FromMilliseconds(milliseconds));
        }

        _metrics.Heard(TimeSpan.FromMilliseconds(-3));
        var listener = Read().Listener!;

        Assert.Equal((101, 0d, 0.1), (listener.Heard, listener.LastLagSeconds, listener.MaxLagSeconds));
        Assert.InRange(LagBuckets.PercentileOf(listener.LagCounts, 0.5)!.Value, 0.050, 0.050 * Math.Sqrt(2));
        Assert.InRange(LagBuckets.PercentileOf(listener.LagCounts, 0.99)!.Value, 0.099, 0.099 * Math.Sqrt(2));
        Assert.Null(LagBuckets.PercentileOf(new LagBuckets().ToCounts(), 0.5));
    }

    [Fact]
    public void Redis_operations_are_told_by_kind_and_result_with_their_bytes()
    {
        using var bytes = Collect<long>(CacheTelemetry.Instruments.RedisIo);
        using var duration = Collect<double>(CacheTelemetry.Instruments.RedisOperationDuration);
        using var failures = Collect<long>(CacheTelemetry.Instruments.RedisFailures);
        _metrics.Redis(RedisOperation.Read, RedisResult.Hit, TimeSpan.FromSeconds(1), 100);
        _metrics.Redis(RedisOperation.Read, RedisResult.Miss, TimeSpan.FromSeconds(1), 0);
        _metrics.Redis(RedisOperation.Write, RedisResult.Ok, TimeSpan.FromSeconds(1), 30);
        _metrics.Redis(RedisOperation.Write, RedisResult.Timeout, TimeSpan.FromSeconds(1), 0);
        _metrics.Redis(RedisOperation.Remove, RedisResult.Open, TimeSpan.Zero, 0);

        Assert.Equal([("read", 100L), ("write", 30)], bytes.ReadCounted().Select(m => ((string)m.Tags["direction"]!, m.Value)));
        Assert.Equal(
            ["read hit", "read miss", "write ok", "write timeout"],
            duration.GetMeasurementSnapshot().Select(m => $"{m.Tags["operation"]} {m.Tags["result"]}"));
        Assert.Equal([("timeout", 1L), ("open", 1)], failures.ReadCounted().Select(m => ((string)m.Tags["kind"]!, m.Value)));
        var redis = Read().Redis!;
        Assert.Equal((100, 30), (redis.BytesRead, redis.BytesWritten));
        Assert.Equal(
            [
                new("read", "hit", 1, 1), new("read", "miss", 1, 1), new("write", "ok", 1, 1), new("write", "timeout", 1, 1),
                new RedisCount("remove", "open", 1, 0),
            ],
            redis.Operations);
    }

    [Fact]
    public void Instruments_are_gone_when_their_host_is()
    {
        var statistics = RunHost();

        for (var attempt = 0; attempt < 10 && statistics.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(statistics.IsAlive);
    }

    // Apart, so that no local keeps the host alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunHost()
    {
        List<string> published = [];
        List<string> left = [];
        using var listener = new MeterListener();
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                published.Add(instrument.Name);
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.MeasurementsCompleted = (instrument, _) => published.Remove(instrument.Name);
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => left.Add(instrument.Name));
        listener.Start();
        var metrics = TestMetrics.Of(meters);
        metrics.ObserveBreaker(() => false);
        metrics.Read(TestMetrics.Products, CacheOutcome.Miss);
        var count = published.Count;
        services.Dispose();

        listener.RecordObservableInstruments();

        Assert.True(count > 10);
        Assert.Empty(published);
        Assert.Empty(left);
        return new WeakReference(metrics.Statistics);
    }

    private IEnumerable<string> Series(string name, params string[] dimensions)
    {
        using var collector = Collect<long>(name);
        var series = collector.ReadSeries();
        Assert.All(series, measurement => Assert.Equal(0, measurement.Value));
        return series.Select(measurement => string.Join(' ', dimensions.Select(dimension => measurement.Tags[dimension])));
    }

    private MetricCollector<T> Collect<T>(string name)
        where T : struct => new(_meters, CacheTelemetry.MeterName, name);

    private CacheSnapshot Read() => _metrics.Statistics.Read(verified: true, confirmedAge: null, breakerOpen: false, new MemorySnapshot(0, 0));
}
