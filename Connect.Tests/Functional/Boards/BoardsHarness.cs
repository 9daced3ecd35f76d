using System.Net.Http.Json;
using System.Text.Json;
using Connect.AgencySimulator;
using Connect.AgencySimulator.Announcements;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Boards;
using Connect.ScraperWorker.Crawl;
using Connect.ScraperWorker.Crawl.Http.Limits;
using Connect.Tests.Unit.Sources;
using Connect.Tests.Unit.Sources.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Functional.Boards;

/// <summary>A simulator on a loopback port of its own, and the sources that read it over real HTTP.</summary>
internal sealed class BoardsHarness : IAsyncDisposable
{
    /// <summary>The boards that are simulated, each time as an array of its own: a test that shuffles it must not change another's.</summary>
    public static Agency[] Agencies => [.. Enum.GetNames<Board>().Select(Enum.Parse<Agency>).Order()];

    private readonly SimulatorFactory _simulator;
    private readonly ServiceProvider _worker;

    public BoardsHarness(
        int programs = 140, Dictionary<string, string?>? settings = null, bool discovery = false, string? robots = null, IHostLimiter? limiter = null)
    {
        _simulator = new(programs, Requests, robots);
        _simulator.UseKestrel();
        Control = _simulator.CreateClient();
        Control.Timeout = TimeSpan.FromMinutes(1);
        var values = new Dictionary<string, string?>();
        foreach (var agency in Agencies)
        {
            var section = $"{BoardOptions.SectionName}:{agency}";
            values[$"{section}:Enabled"] = "true";
            values[$"{section}:BaseAddress"] = new Uri(discovery ? new("https+http://agency-simulator") : Control.BaseAddress!, SiteOf(agency)).AbsoluteUri;
            values[$"{section}:MaxPages"] = "100";
            values[$"{section}:RequestsPerMinute"] = "60000";
            values[$"{section}:RetryDelay"] = "00:00:00.001";
            values[$"{section}:AllowPrivateAddresses"] = "true";
        }

        // By default the worker does not read the list of announcements that are over, and tests compare with all that is published.
        values["Sources:IRIS:Paging:Each:2"] = "ancmPrg=ancmEnd";
        foreach (var (key, value) in settings ?? [])
        {
            values[key] = value;
        }

        values["services:agency-simulator:http:0"] = Control.BaseAddress!.AbsoluteUri;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddSingleton(limiter ?? new RecordingHostLimiter());
        if (discovery)
        {
            // The host's defaults for every client.
            services.AddServiceDiscovery();
            services.ConfigureHttpClientDefaults(static http =>
            {
                http.AddStandardResilienceHandler();
                http.AddServiceDiscovery();
            });
        }

        _worker = services.AddAnnouncementSources(configuration).BuildServiceProvider(validateScopes: true);
    }

    public HttpClient Control { get; }

    /// <summary>The requests to the boards so far.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>The path of a board's site in the simulator.</summary>
    public static string SiteOf(Agency agency) => $"/{agency.ToString().ToLowerInvariant()}";

    /// <summary>The board that has the detail pages of a board's rows.</summary>
    public static Agency OwnerOf(Agency agency) => agency == Agency.KIMST ? Agency.IRIS : agency;

    /// <summary>The path of a board's list.</summary>
    public static string ListPath(Agency agency) => SiteOf(agency) + BoardParsers.Known(agency.ToString()).ListPath;

    public IAnnouncementSource Source(Agency agency) =>
        _worker.GetServices<IAnnouncementSource>().Single(source => source.Agency == agency);

    public async Task<List<RowResult>> ReadAsync(Agency agency)
    {
        List<RowResult> results = [];
        await foreach (var result in Source(agency).ReadAsync(NoKnownPostings.Instance, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    public async Task<List<StateRow>> StateAsync()
    {
        var state = await Control.GetFromJsonAsync<JsonElement>("/_simulator/state", TestContext.Current.CancellationToken);
        return
        [
            .. state.GetProperty("items").EnumerateArray().Select(item => new StateRow(
                item.GetProperty("board").GetString()!,
                item.GetProperty("title").GetString()!,
                item.GetProperty("kind").GetString()!,
                item.GetProperty("open").GetBoolean(),
                item.GetProperty("deadline").GetString(),
                item.GetProperty("budgetAmount").GetString())),
        ];
    }

    /// <summary>How many announcements there are: those of KIMST are on IRIS, too.</summary>
    public static int Announcements(IEnumerable<StateRow> state) => state.Count(static row => row.Board != nameof(Agency.KIMST));

    public async Task FailAsync(Agency agency, string kind, int count, int after = 0)
    {
        using var response = await Control.PostAsJsonAsync(
            "/_simulator/faults", new { board = agency.ToString(), kind, count, after }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task AdvanceAsync(int announce = 0, int changed = 0, int closed = 0, int withdrawn = 0, int reposted = 0, int moved = 0)
    {
        using var response = await Control.PostAsJsonAsync(
            "/_simulator/advance",
            new { @new = announce, changed, closed, withdrawn, reposted, moved },
            TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>How often a board was asked for its pages.</summary>
    public async Task<RequestRow> RequestsAsync(Agency agency)
    {
        var requests = await Control.GetFromJsonAsync<JsonElement>("/_simulator/requests", TestContext.Current.CancellationToken);
        return requests.GetProperty("boards").GetProperty(agency.ToString()).Deserialize<RequestRow>(JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        Control.Dispose();
        await _simulator.DisposeAsync();
    }

    private sealed class SimulatorFactory(int programs, RequestLog requests, string? robots) : WebApplicationFactory<AgencySimulatorMarker>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            // Not UseKestrel(0): it sets the address after the entry point has begun to listen, and sometimes comes too late.
            builder.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
            builder.UseSetting("Simulator:Announcements", programs.ToString(System.Globalization.CultureInfo.InvariantCulture));
            builder.UseSetting("Simulator:SlowBy", "00:00:00.050");
            if (robots is not null)
            {
                builder.UseSetting("Simulator:Robots", robots);
            }

            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(requests));
        }
    }
}

internal sealed record StateRow(string Board, string Title, string Kind, bool Open, string? Deadline, string? BudgetAmount);

internal sealed record RequestRow(int Lists, int Details, int NotModified, int Faults);
