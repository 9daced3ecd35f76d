using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Connect.Benchmarks.Serving;
using Connect.ScraperWorker;
using Connect.Testing.Servers;

namespace Connect.Benchmarks.Startup;

/// <summary>The times of one process of the API, each from its start.</summary>
/// <param name="Alive">Until <c>/alive</c> answered.</param>
/// <param name="Healthy">Until <c>/health</c> was healthy.</param>
/// <param name="FirstMatch">Until the answer with an organization's matches, which were not cached.</param>
internal readonly record struct ColdStart(TimeSpan Alive, TimeSpan Healthy, TimeSpan FirstMatch);

/// <summary>Servers with programs and signed-in members, on which processes of the API are started, one after the other.</summary>
internal sealed class ColdSite : IAsyncDisposable
{
    private const int Programs = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CheckerProcesses _processes = new();
    private CheckedPostgres? _postgres;
    private CheckedRedis? _redis;

    /// <summary>The organizations that there are.</summary>
    public ImmutableArray<SeededOrganization> Organizations { get; private set; } = [];

    public static async Task<ColdSite> StartAsync(int organizations)
    {
        var site = new ColdSite();
        try
        {
            site._redis = await CheckedRedis.StartNewAsync(site._processes, CancellationToken.None);
            site._postgres = await CheckedPostgres.StartNewAsync(site._processes, isDurable: true, CancellationToken.None);
            await SeededSite.MigrateAsync(site._postgres);
            await SeededSite.SeedProgramsAsync(site._postgres, Programs, TimeProvider.System.GetUtcNow());
            site.Organizations = await SeededSite.SeedOrganizationsAsync(site._postgres, site._redis, organizations);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a process of the API while Redis is empty; the caller stops it.</summary>
    /// <param name="organization">The organization whose matches are read.</param>
    public async Task<(ApiProcess Api, ColdStart Times)> StartApiAsync(SeededOrganization organization)
    {
        await _redis!.ExecuteAsync("FLUSHALL");
        var api = new ApiProcess(_processes, "api", ApiSettings.Of(_postgres!, _redis));
        using var patience = new CancellationTokenSource(Patience);
        _ = api.Address;
        var startedAt = Stopwatch.GetTimestamp();
        api.Launch();
        var alive = await UntilAsync(api, "/alive", startedAt, patience.Token);
        var healthy = await UntilAsync(api, "/health", startedAt, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/organizations/{organization.Id}/matches");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + organization.Token);
        using var answer = await api.Http.SendAsync(request, patience.Token);
        var firstMatch = Stopwatch.GetElapsedTime(startedAt);
        answer.EnsureSuccessStatusCode();
        var cache = answer.Headers.TryGetValues("X-Cache", out var values) ? values.First() : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"API: alive after {alive.TotalMilliseconds:0} ms, healthy after {healthy.TotalMilliseconds:0} ms, "
            + $"first match after {firstMatch.TotalMilliseconds:0} ms ({cache})"));
        return cache == "miss"
            ? (api, new(alive, healthy, firstMatch))
            : throw new InvalidOperationException("The first match was cached.");
    }

    /// <summary>Starts a worker that has nothing to read, and waits until it is healthy.</summary>
    public async Task<ServerProcess> StartWorkerAsync()
    {
        var settings = ApiSettings.Of(_postgres!, _redis!);
        settings["Schedule__ScrapeWhenEmpty"] = "false";
        var worker = new ServerProcess(_processes, "scraper-worker", settings);
        await worker.StartAsync(
            typeof(ScraperWorkerMarker).Assembly.Location, port => ["--urls", $"http://127.0.0.1:{port}"], CancellationToken.None);
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        // The last started first: they use the servers.
        await _processes.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private static async Task<TimeSpan> UntilAsync(ApiProcess api, string check, long startedAt, CancellationToken cancellationToken)
    {
        while (!await api.IsAsync(check, cancellationToken))
        {
            await Task.Delay(Pause, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(startedAt);
    }
}
