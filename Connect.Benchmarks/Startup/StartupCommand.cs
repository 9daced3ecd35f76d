using Connect.Api;
using Connect.ScraperWorker;

namespace Connect.Benchmarks.Startup;

/// <summary>
/// <c>startup [RUNS]</c>: the time of the whole application from its start to a first match, the time of one process of
/// the API on running servers, and the memory of the processes. Medians of the runs.
/// </summary>
internal static class StartupCommand
{
    public const string Usage = "startup [runs, 1 to 20, default 3]";

    private const int Programs = 1_000;

    // So many organizations ask for cached matches at a time, each over a connection of its own.
    private const int Connections = 32;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(10);

    /// <summary>Measures and reports. 1: processes of the application were left when it had been stopped.</summary>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var runs = arguments.NextCount("runs", 1, 20) ?? 3;
        arguments.End();
        List<AppHostTimes> appHosts = [];
        for (var run = 0; run < runs; run++)
        {
            appHosts.Add(await AppHostStart.MeasureAsync());
        }

        await MeasureProcessesAsync(runs, appHosts);
        return appHosts.Sum(times => times.Left) == 0 ? 0 : 1;
    }

    private static async Task MeasureProcessesAsync(int runs, List<AppHostTimes> appHosts)
    {
        await using var servers = await CheckedServers.StartAsync(isDurable: true);
        var organizations = await SeededSite.SeedAsync(servers, Programs, runs + Connections);
        var api = new ServerProcess(servers.Processes, "api", typeof(ApiMarker), ApiSettings.Of(servers));
        List<ColdStart> starts = [];
        for (var run = 0; run < runs; run++)
        {
            if (run > 0)
            {
                await api.StopAsync();
            }

            await servers.Redis.ExecuteAsync("FLUSHALL");
            starts.Add(await ColdStart.MeasureAsync(api, organizations[run]));
        }

        var rest = await AtRestAsync(api);
        var requests = organizations[runs..].Select(organization => RawConnection.Prepare(
            api.Address, organization.Token, $"GET /api/organizations/{organization.Id}/matches?limit=1"));
        var answers = await MatchCaller.LoadAsync(api, requests, Load);
        Console.WriteLine($"{answers} answers over {Connections} connections in {Load.TotalSeconds:0} s");
        var load = api.Use();
        await api.StopAsync();
        var worker = new ServerProcess(
            servers.Processes, "scraper-worker", typeof(ScraperWorkerMarker),
            ApiSettings.Of(servers, [new("Schedule__ScrapeWhenEmpty", "false")]));
        await worker.StartAsync();
        var workerRest = await AtRestAsync(worker);

        Figure.Print("apphost_to_health_s", appHosts, static times => times.Health.TotalSeconds);
        Figure.Print("apphost_to_first_match_s", appHosts, static times => times.FirstMatch.TotalSeconds);
        Figure.Print("apphost_processes_left", appHosts.Sum(times => times.Left));
        Figure.Print("api_to_alive_ms", starts, static times => times.Alive.TotalMilliseconds);
        Figure.Print("api_to_health_ms", starts, static times => times.Healthy.TotalMilliseconds);
        Figure.Print("api_to_first_match_ms", starts, static times => times.FirstMatch.TotalMilliseconds);
        Figure.Print("api_rest_mib", rest);
        Figure.Print("api_load_mib", load.Resident);
        Figure.Print("api_peak_mib", load.Peak);
        Figure.Print("worker_rest_mib", workerRest);
    }

    /// <summary>MiB that a process holds after it has had nothing to do for a while.</summary>
    private static async Task<double> AtRestAsync(ServerProcess server)
    {
        await Task.Delay(Rest);
        return server.Use().Resident;
    }
}
