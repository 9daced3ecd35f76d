using Connect.Api;
using Connect.Caching.Layers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Connect.Benchmarks.Telemetry;

/// <summary>What a process did in a round.</summary>
/// <param name="PerSecond">Requests that it answered a second.</param>
/// <param name="ProcessorMicroseconds">Processor time of a request.</param>
internal sealed record RoundResult(double PerSecond, double ProcessorMicroseconds)
{
    public override string ToString() => $"{PerSecond:0}/s, {ProcessorMicroseconds:0.0} µs of processor each";
}

/// <summary>
/// <c>telemetry</c>: what measuring costs. Two processes of the API as they are deployed, one with everything that is
/// shipped and its metrics read once a round, one with <c>Telemetry:Enabled</c> off, answer the cached match route in
/// turns; only one of them has anything to do at a time. With <c>--export</c> the first also sends every trace, log and
/// metric to a collector on this machine. Takes a minute and a half.
/// </summary>
internal static class TelemetryCommand
{
    public const string Usage = "telemetry [--export] [pairs of rounds, 1 to 100, default 16]";

    private const int Programs = 1_000;

    // Enough to keep the process busy, few enough that clients leave it a processor.
    private const int Connections = 8;

    // The share of the other process's throughput that the instrumented one has to reach.
    private const double Asked = 0.95;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var isExporting = arguments.Has("--export");
        var pairs = arguments.NextCount("pairs", 1, 100) ?? 16;
        arguments.End();

        // It takes everything and keeps nothing: what sending costs, without what keeping would.
        var received = 0L;
        await using var collector = LoopbackServer.Create();
        collector.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            Interlocked.Increment(ref received);
            context.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync();

        await using var servers = await CheckedServers.StartAsync(isDurable: false);
        var organization = (await SeededSite.SeedAsync(servers, Programs, organizations: 1))[0];
        var on = await StartAsync(servers, "on", isExporting ? collector.Urls.Single() : "");
        var off = await StartAsync(servers, "off", "");
        foreach (var api in (ServerProcess[])[on, off])
        {
            Console.WriteLine($"warming up: {await LoadAsync(api, organization, WarmUp, isRead: api == on)}");
        }

        List<(RoundResult On, RoundResult Off)> results = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            // In turns who begins: what gets slower or quicker with time does so for both.
            var isOnFirst = pair % 2 == 0;
            var first = await LoadAsync(isOnFirst ? on : off, organization, Round, isRead: isOnFirst);
            var second = await LoadAsync(isOnFirst ? off : on, organization, Round, isRead: !isOnFirst);
            var result = isOnFirst ? (On: first, Off: second) : (On: second, Off: first);
            Console.WriteLine($"on {result.On}; off {result.Off}; ratio {result.On.PerSecond / result.Off.PerSecond:0.000}");
            results.Add(result);
        }

        if (isExporting)
        {
            Figure.Print("exports_received", Interlocked.Read(ref received));
        }

        return Report(results) || isExporting ? 0 : 1;
    }

    private static async Task<ServerProcess> StartAsync(CheckedServers servers, string name, string exportsTo)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Telemetry__Enabled"] = name == "on" ? "true" : "false",
            ["RateLimits__Enabled"] = "false",
            ["DOTNET_gcServer"] = "0",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = exportsTo,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        var api = new ServerProcess(servers.Processes, name, typeof(ApiMarker), ApiSettings.Of(servers, settings));
        await api.StartAsync();
        return api;
    }

    /// <summary>
    /// Asks for an organization's matches, which are in memory, over several connections; reads the process's metrics
    /// in the middle if asked to, which is several times as often as by the shipped configuration.
    /// </summary>
    private static async Task<RoundResult> LoadAsync(ServerProcess api, SeededOrganization organization, TimeSpan duration, bool isRead)
    {
        var request = RawConnection.Prepare(
            api.Address, organization.Token, $"POST /api/matches/generate?organizationId={organization.Id}", patch: "");
        using (var caller = await MatchCaller.OpenAsync(api))
        {
            await caller.BringToMemoryAsync(request);
        }

        var (used, started) = (api.Use().Processor, Stopwatch.GetTimestamp());
        var load = MatchCaller.LoadAsync(api, Enumerable.Repeat(request, Connections), duration, CacheOutcome.Memory);
        if (isRead)
        {
            await Task.WhenAny(load, Task.Delay(duration / 2));
            _ = await api.Http.GetByteArrayAsync("/metrics");
        }

        var answers = await load;
        return new(
            answers / Stopwatch.GetElapsedTime(started).TotalSeconds, (api.Use().Processor - used).TotalMicroseconds / answers);
    }

    private static bool Report(List<(RoundResult On, RoundResult Off)> results)
    {
        Figure.Print("on_requests_per_second", results, pair => pair.On.PerSecond);
        Figure.Print("off_requests_per_second", results, pair => pair.Off.PerSecond);
        Figure.Print("on_cpu_microseconds", results, pair => pair.On.ProcessorMicroseconds);
        Figure.Print("off_cpu_microseconds", results, pair => pair.Off.ProcessorMicroseconds);
        Figure.Print("cpu_ratio", results, pair => pair.Off.ProcessorMicroseconds / pair.On.ProcessorMicroseconds);
        var ratio = Distribution.Median(results.Select(pair => pair.On.PerSecond / pair.Off.PerSecond));
        Figure.Print("throughput_ratio", ratio);
        return ratio >= Asked;
    }
}
