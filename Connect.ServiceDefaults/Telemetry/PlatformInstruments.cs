using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Connect.ServiceDefaults.Telemetry;

/// <summary>
/// Which instruments of the platform are exported: those that <c>docs/telemetry.md</c> explains, each of which a running
/// system always has. Another version of a library may bring more, and nobody would know what they are for.
/// </summary>
internal static class PlatformInstruments
{
    private const string AspNetCore = "Microsoft.AspNetCore.Hosting";
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";
    private const string HttpClient = "System.Net.Http";
    private const string Postgres = "Npgsql";
    private const string Runtime = "System.Runtime";

    // The driver names its pools by their connection strings. Without that dimension counters and histograms of several
    // pools add up, which levels that are asked for would not: so those are left out.
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

    /// <summary>The meters that are listened to, beside Connect's own.</summary>
    public static IReadOnlyList<string> Meters => All;

    /// <summary>The instruments that are exported.</summary>
    public static IEnumerable<string> Names => Kept.Keys.Select(kept => kept.Instrument);

    /// <summary>What becomes of an instrument: null where it is exported as it is.</summary>
    public static MetricStreamConfiguration? FindView(Instrument instrument) => instrument.Meter.Name switch
    {
        var meter when !All.Contains(meter) => null,
        var meter when Kept.TryGetValue((meter, instrument.Name), out var view) => view,
        _ => MetricStreamConfiguration.Drop,
    };
}
