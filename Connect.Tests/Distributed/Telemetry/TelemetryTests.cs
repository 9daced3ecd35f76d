using System.Net;
using System.Text.RegularExpressions;
using Connect.Caching.Diagnostics;
using Connect.Data.Diagnostics;
using Connect.Tests.Distributed.Security;
using Connect.Tests.Functional.Caching;

namespace Connect.Tests.Distributed.Telemetry;

/// <summary>Telemetry of real requests, as a collector and Prometheus receive it from a process of the API.</summary>
public sealed partial class TelemetryTests(RunningApplication application)
{
    private const int Server = 2;
    private const int Client = 3;
    private const string ServiceName = "api-under-test";

    [Fact]
    public async Task Miss_is_one_trace_and_heartbeats_and_probes_are_none()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var site = await AttackedSite.StartAsync(
            application, processes: 1, [.. collector.Settings, ("OTEL_SERVICE_NAME", ServiceName), ("Cache__PollInterval", "00:00:00.200")]);
        await site.AddProgramAsync(1);
        var user = await site.SignUpMemberAsync("추적 회사");
        var path = $"/api/matches/generate?organizationId={user.Organization}";
        foreach (var expected in (string[])["miss", "memory"])
        {
            Assert.Equal(expected, (await site.Clients[0].PostAsync(path, null, user.Token)).Cache);
        }

        await ScrapeAsync(site, "/metrics");
        await ScrapeAsync(site, "/metrics/targets");
        await site.Processes[0].StopAsync();

        var spans = Exported.SpansOf(collector);
        AssertMiss(spans);
        AssertQuiet(spans);
        Assert.All(spans, span => Assert.Equal(ServiceName, span.Resource["service.name"]));
        Assert.NotEmpty(Assert.Single(spans.Select(span => span.Resource["service.instance.id"]).Distinct()));
        AssertMetrics(Exported.MetricsOf(collector));
    }

    [Fact]
    public async Task Metrics_are_there_from_the_start_and_for_whom_they_are()
    {
        await using var site = await AttackedSite.StartAsync(application, processes: 1);
        var metrics = await ScrapeAsync(site, "/metrics");

        // There was no request yet.
        Assert.Matches(Series("connect_cache_requests_total", """layer="matches",outcome="stale"} 0"""), metrics);
        Assert.Matches(Series("connect_cache_redis_failures_total", """kind="timeout"} 0"""), metrics);
        Assert.Matches(Series("connect_explanations_fallbacks_total", """reason="budget"} 0"""), metrics);
        Assert.Matches(Series("connect_administration_refused_total", """method="DELETE",status="403"} 0"""), metrics);
        Assert.DoesNotContain("Host=", metrics, StringComparison.Ordinal);

        var self = $"[\"{site.Processes[0].Address.Authority}\"]";
        await TestInstance.EventuallyAsync(async () =>
            await ScrapeAsync(site, "/metrics/targets") == $"[{{\"targets\":{self},\"labels\":{{\"role\":\"api\"}}}}]");
        foreach (var path in (string[])["/metrics", "/metrics/targets"])
        {
            using var stranger = await RawHttp.SendAsync(
                site.Processes[0].Address, HttpMethod.Get, path, null, ("X-Forwarded-For", "203.0.113.7"));
            using var proxied = await RawHttp.SendAsync(site.Processes[0].Address, HttpMethod.Get, path, null, ("Forwarded", "for=127.0.0.1"));
            using var written = await RawHttp.SendAsync(site.Processes[0].Address, HttpMethod.Post, path);
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, proxied.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, written.StatusCode);
        }
    }

    private static async Task<string> ScrapeAsync(AttackedSite site, string path)
    {
        using var answer = await RawHttp.SendAsync(site.Processes[0].Address, HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The request's span contains its computations, which contain their queries.</summary>
    private static void AssertMiss(IReadOnlyList<ExportedSpan> spans)
    {
        var requests = spans.Where(span => span.Kind == Server && span.Name == "POST /api/matches/generate").ToList();
        Assert.Equal(2, requests.Count);
        var ranking = Assert.Single(Computing("matches"));
        var request = Assert.Single(requests, candidate => candidate.SpanId == ranking.ParentId);
        var trace = spans.Where(span => span.TraceId == request.TraceId).ToList();
        Assert.Equal("", request.ParentId);

        // Both inputs of a ranking are computed within it, and the ranking itself.
        Assert.Equal(ranking.SpanId, Assert.Single(Computing("programs")).ParentId);
        Assert.Equal(ranking.SpanId, Assert.Single(trace, span => span.Name == ConnectTelemetry.Activities.MatchRank).ParentId);
        foreach (var computing in trace.Where(span => span.Name == CacheTelemetry.ComputeActivity))
        {
            Assert.Contains(trace, span => span.Source == "Npgsql" && span.Kind == Client && span.ParentId == computing.SpanId);
        }

        var known = trace.Select(span => span.SpanId).Append("").ToHashSet();
        Assert.All(trace, span => Assert.Contains(span.ParentId, known));

        // An answer from memory sends no query.
        Assert.Single(spans, span => span.TraceId == requests.Single(other => other != request).TraceId);

        IEnumerable<ExportedSpan> Computing(string layer) => spans.Where(span =>
            span.Name == CacheTelemetry.ComputeActivity && span.Attributes["connect.cache.layer"] == layer);
    }

    private static void AssertQuiet(IReadOnlyList<ExportedSpan> spans)
    {
        Assert.DoesNotContain(spans, span => span.Kind == Client && span.ParentId.Length == 0);
        Assert.DoesNotContain(
            spans, span => span.Kind == Server && Probe().IsMatch(span.Attributes.GetValueOrDefault("url.path") ?? span.Name));
    }

    private static void AssertMetrics(IReadOnlyList<ExportedMetric> metrics)
    {
        var units = metrics.GroupBy(metric => metric.Name).ToDictionary(group => group.Key, group => Assert.Single(group.Select(m => m.Unit).Distinct()));
        Assert.Equal("{request}", units[CacheTelemetry.Instruments.Requests]);
        Assert.Equal("s", units[CacheTelemetry.Instruments.ComputeDuration]);
        Assert.Equal("By", units[CacheTelemetry.Instruments.RedisIo]);
        Assert.Equal("s", units["http.server.request.duration"]);
        Assert.Equal("s", units["db.client.operation.duration"]);
        Assert.DoesNotContain("db.client.connection.count", units.Keys);
        Assert.All(metrics, metric => Assert.Equal(ServiceName, metric.Resource["service.name"]));
    }

    private static string Series(string name, string rest) => $"(?m)^{name}{{[^}}]*{Regex.Escape(rest)}$";

    [GeneratedRegex("^/?(GET )?/?(health|alive|metrics)")]
    private static partial Regex Probe();
}
