using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Connect.Caching.Diagnostics;
using Connect.Data.Diagnostics;
using Connect.Tests.Distributed;
using Connect.Tests.Distributed.Observability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Connect.Tests.Browser;

/// <summary>The cache in the real Aspire dashboard, on an application of the test's own.</summary>
[Collection(nameof(RunsAlone))]
public sealed partial class DashboardTests(Chromium chromium) : IAsyncLifetime
{
    private const string Requests = "/metrics/resource/api?meter=Connect.Cache&instrument=connect.cache.requests&view=Table&duration=1";

    private static readonly string[] Outcomes = ["memory", "miss", "redis", "stale"];

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private IDistributedApplicationTestingBuilder? _appHost;
    private DistributedApplication? _application;

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private Uri Dashboard => _application!.GetEndpoint("aspire-dashboard");

    private IConfiguration Configuration => _application!.Services.GetRequiredService<IConfiguration>();

    public async ValueTask InitializeAsync()
    {
        _appHost = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Connect_AppHost>(
            [
                "--UseVolumes=false",
                "--Observability=false",
                $"--Parameters:admin-email={RunningApplication.AdminEmail}",
                $"--Parameters:admin-password={RunningApplication.AdminPassword}",
            ],
            static (options, _) => options.DisableDashboard = false,
            CancellationToken);
        _appHost.Services.AddLogging(static logging => logging.ClearProviders());
        _application = await _appHost.BuildAsync(CancellationToken);
        await _application.StartAsync(CancellationToken).WaitAsync(StartTimeout, CancellationToken);
        await _application.ResourceNotifications.WaitForResourceHealthyAsync("api", CancellationToken).WaitAsync(StartTimeout, CancellationToken);
    }

    [Fact(Explicit = true)]
    public async Task Cache_is_seen_at_work_from_hits_by_layer_to_the_trace_of_a_miss()
    {
        var member = await new ApiClient(_application!.GetEndpoint("api")).SignUpAsync();
        var organization = await member.CreateOrganizationAsync("ICT", "인공지능");
        Assert.Equal("miss", (await member.GenerateAsync(organization)).Cache);

        await AssertMissIsOneTraceAsync();
        await AssertHitsRiseAsync(() => member.GenerateAsync(organization));

        // The first start on an empty database logs no error that needs no action.
        var warnings = (await ReadAsync("logs?severity=Warning"))["data"]!["resourceLogs"]!.AsArray();
        Assert.True(warnings.Count == 0, warnings.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_appHost is not null)
        {
            await _appHost.DisposeAsync();
        }
    }

    private async Task AssertHitsRiseAsync(Func<Task> requestAsync)
    {
        const int Hits = 20;
        var page = await (await chromium.GetAsync()).NewPageAsync();
        await page.GotoAsync(new Uri(Dashboard, $"/login?t={Configuration["AppHost:BrowserToken"]}").AbsoluteUri);
        await page.GotoAsync(new Uri(Dashboard, Requests).AbsoluteUri);
        var text = "";
        await Patiently.UntilAsync(
            async () => Outcomes.All((text = await ReadAsync(page)).Split('\n').Contains) && Newest(text) is not null, () => text);
        var before = Newest(text)!.Value;

        for (var hit = 0; hit < Hits; hit++)
        {
            await requestAsync();
        }

        await Patiently.UntilAsync(async () => Newest(text = await ReadAsync(page)) >= before + Hits, () => text);
    }

    /// <summary>The page's text. Loads the page again if it was opened too early or its circuit has broken.</summary>
    private async Task<string> ReadAsync(IPage page)
    {
        var text = await page.InnerTextAsync("body");
        if (text.Contains("An unhandled error", StringComparison.Ordinal) || text.Contains("Select instrument", StringComparison.Ordinal))
        {
            await page.GotoAsync(new Uri(Dashboard, Requests).AbsoluteUri);
        }

        return text;
    }

    /// <summary>The newest value of the table, which has the latest time first.</summary>
    private static int? Newest(string text) => Row().Match(text) is { Success: true } row
        ? int.Parse(row.Groups[1].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
        : null;

    private async Task AssertMissIsOneTraceAsync()
    {
        JsonNode[] trace = [];
        await Patiently.UntilAsync(async () =>
        {
            var spans = Spans(await ReadAsync("spans?limit=5000")).ToList();
            var root = spans.Find(span => Text(span, "name") == "POST /api/matches/generate");
            trace = [.. spans.Where(span => root is not null && Text(span, "traceId") == Text(root, "traceId"))];
            return trace.Any(span => Text(span, "name") == ConnectTelemetry.Activities.MatchRank);
        });

        // The request contains the cache's computation, which contains the statements.
        var request = Assert.Single(trace, span => span["parentSpanId"] is null);
        var computing = trace.Where(span => Text(span, "name") == CacheTelemetry.ComputeActivity).ToList();
        Assert.Contains(computing, span => Text(span, "parentSpanId") == Text(request, "spanId"));
        Assert.All(computing, span => Assert.Contains(
            trace, statement => Text(statement, "name") == "postgresql" && Text(statement, "parentSpanId") == Text(span, "spanId")));
    }

    private static IEnumerable<JsonNode> Spans(JsonNode answer) => answer["data"]!["resourceSpans"]!.AsArray()
        .SelectMany(resource => resource!["scopeSpans"]!.AsArray()).SelectMany(scope => scope!["spans"]!.AsArray()).Select(span => span!);

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";

    private async Task<JsonNode> ReadAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Dashboard };
        http.DefaultRequestHeaders.Add("x-api-key", Configuration["AppHost:DashboardApiKey"]);
        return JsonNode.Parse(await http.GetStringAsync($"/api/telemetry/{path}", CancellationToken))!;
    }

    [GeneratedRegex(@"^\d+:\d\d:\d\d\s[AP]M\n([\d,]+)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
