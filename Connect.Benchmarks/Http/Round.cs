using Connect.Benchmarks.Http.Wrk;

namespace Connect.Benchmarks.Http;

/// <summary>The result of one shape in one round.</summary>
/// <param name="Load">The load generator's figures.</param>
/// <param name="ProcessorMicroseconds">Processor time of a request.</param>
/// <param name="Bytes">Bytes that a request allocated.</param>
internal sealed record Round(WrkResult Load, double ProcessorMicroseconds, double Bytes)
{
    // Of a round's requests; the rest are those under way at its ends.
    private const double AskedShare = 0.99;

    private const string AllocatedBytes = "dotnet_gc_heap_total_allocated_bytes_total";
    private const string Reads = "connect_cache_requests_total";

    /// <summary>Sends a shape's requests for a while.</summary>
    /// <exception cref="InvalidOperationException">An answer was an error, or matches came from elsewhere than they should.</exception>
    public static async Task<Round> RunAsync(WrkTool wrk, Shape shape, string script, int connections, int seconds)
    {
        var instance = shape.Instance;
        var (metricsBefore, before) = (await PrometheusText.OfAsync(instance), instance.Use());
        var load = await wrk.RunAsync(instance.Address, script, connections, seconds);
        var (metricsAfter, after) = (await PrometheusText.OfAsync(instance), instance.Use());
        if (load is { Broken: > 0 } or { Refused: > 0 } || load.Requests == 0)
        {
            throw new InvalidOperationException($"{shape.Name}: {load}\n{instance.Log()}");
        }

        if (shape.Outcome is { } outcome)
        {
            Check(shape, outcome, metricsBefore, metricsAfter);
        }

        var allocated = metricsAfter.Sum(AllocatedBytes) - metricsBefore.Sum(AllocatedBytes);
        if (allocated <= 0)
        {
            throw new InvalidOperationException($"The process does not tell {AllocatedBytes}.");
        }

        return new(load, (after.Processor - before.Processor).TotalMicroseconds / load.Requests, allocated / load.Requests);
    }

    public override string ToString() =>
        $"{Load.PerSecond,8:0}/s  p50 {Load.P50,6:0} µs  p95 {Load.P95,6:0} µs  p99 {Load.P99,6:0} µs  {Bytes,7:0} bytes  {ProcessorMicroseconds,6:0.0} µs of processor";

    private static void Check(Shape shape, string outcome, PrometheusText before, PrometheusText after)
    {
        var layer = $"layer=\"{shape.Layer}\"";
        var all = after.Sum(Reads, layer) - before.Sum(Reads, layer);
        string[] labels = [layer, $"outcome=\"{outcome}\""];
        var asked = after.Sum(Reads, labels) - before.Sum(Reads, labels);
        if (all == 0 || asked / all < AskedShare)
        {
            throw new InvalidOperationException($"{shape.Name}: of {all:0} {shape.Layer} only {asked:0} came from {outcome}.");
        }
    }
}
