using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>
/// The exported instruments of the platform: those that <c>docs/telemetry.md</c> describes. Instruments that another
/// version of a library adds are not exported.
/// </summary>
internal static class PlatformInstruments
{
    private const string AspNetCore = "Microsoft.AspNetCore.Hosting";
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";
    private const string HttpClient = "System.Net.Http";
    private const string Postgres = "Npgsql";
    private const string Runtime = "System.Runtime";

    // Npgsql names its pools by their connection strings, so this dimension is dropped. Counters and histograms of
    // several pools can be added without it; observed levels cannot, so these are not exported.
    private static readonly MetricStreamConfiguration WithoutPool = new() { TagKeys = ["db.system.name"] };

    private static readonly Dictionary<(string Meter, string Instrument), MetricStreamConfiguration?> Kept = new()
    {
        [(AspNetCore, "http.server.request.duration")] = null,
        [(AspNetCore, "http.server.active_requests")] = null,
        [(Kestrel, "kestrel.active_connections")] = null,
        [(Kestrel, "kestrel.queued_connections")] = null,
        [(HttpClient, "http.client.request.duration")] = null,
        [(Postgres, "db.client.operation.duration")] = WithoutPool,
        [(Postgres, "db.client.operation.npgsql.executing")] = WithoutPool,
        [(Runtime, "dotnet.exceptions")] = null,
        [(Runtime, "dotnet.gc.collections")] = null,
        [(Runtime, "dotnet.gc.heap.total_allocated")] = null,
        [(Runtime, "dotnet.gc.pause.time")] = null,
        [(Runtime, "dotnet.monitor.lock_contentions")] = null,
        [(Runtime, "dotnet.process.cpu.count")] = null,
        [(Runtime, "dotnet.process.cpu.time")] = null,
        [(Runtime, "dotnet.process.memory.working_set")] = null,
        [(Runtime, "dotnet.thread_pool.queue.length")] = null,
        [(Runtime, "dotnet.thread_pool.thread.count")] = null,
        [(Runtime, "dotnet.thread_pool.work_item.count")] = null,
    };

    private static readonly string[] All = [AspNetCore, Kestrel, HttpClient, Postgres, Runtime];

    /// <summary>The exported meters besides Connect's own.</summary>
    public static IReadOnlyList<string> Meters => All;

    /// <summary>The instruments that are exported.</summary>
    public static IEnumerable<string> Names => Kept.Keys.Select(kept => kept.Instrument);

    /// <summary>The view of an instrument; null if it is exported unchanged.</summary>
    public static MetricStreamConfiguration? FindView(Instrument instrument) => instrument.Meter.Name switch
    {
        var meter when !All.Contains(meter) => null,
        var meter when Kept.TryGetValue((meter, instrument.Name), out var view) => view,
        _ => MetricStreamConfiguration.Drop,
    };
}
