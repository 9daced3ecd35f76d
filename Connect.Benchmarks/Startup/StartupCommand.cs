using System.Globalization;
using Connect.AppHost.Servers;
using Connect.Benchmarks.Serving;

namespace Connect.Benchmarks.Startup;

/// <summary>
/// <c>startup [RUNS]</c>: the time of the whole application from its start to a first match, the time of one process of
/// the API on running servers, and the memory of the processes. Medians of the runs.
/// </summary>
internal static class StartupCommand
{
    /// <summary>Its name on the command line.</summary>
    public const string Verb = "startup";

    public const string Usage = "startup [runs, 1 to 20, default 3]";

    private const int DefaultRuns = 3;
    private const int MaxRuns = 20;
    private const int EnvironmentProblem = 2;

    /// <summary>Measures and reports; returns the exit code, null for invalid arguments.</summary>
    public static async Task<int?> RunAsync(string[] arguments)
    {
        if (ParseRuns(arguments) is not { } runs)
        {
            return null;
        }

        try
        {
            List<AppHostTimes> appHosts = [];
            for (var run = 0; run < runs; run++)
            {
                appHosts.Add(await AppHostStart.MeasureAsync());
            }

            await MeasureProcessesAsync(runs, appHosts);
            return appHosts.Sum(times => times.Left) == 0 ? 0 : 1;
        }
        catch (EnvironmentProblemException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return EnvironmentProblem;
        }
    }

    /// <summary>The number of runs; null for invalid arguments.</summary>
    internal static int? ParseRuns(string[] arguments) => arguments switch
    {
        [] => DefaultRuns,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs is >= 1 and <= MaxRuns => runs,
        _ => null,
    };

    private static async Task MeasureProcessesAsync(int runs, List<AppHostTimes> appHosts)
    {
        await using var site = await ColdSite.StartAsync(runs + MemoryUse.Connections);
        List<ColdStart> starts = [];
        ApiProcess? api = null;
        for (var run = 0; run < runs; run++)
        {
            if (api is not null)
            {
                await api.StopAsync();
            }

            (api, var times) = await site.StartApiAsync(site.Organizations[run]);
            starts.Add(times);
        }

        var rest = await MemoryUse.AtRestAsync(api!);
        var (load, peak) = await MemoryUse.UnderLoadAsync(api!, site.Organizations[runs..]);
        await api!.StopAsync();
        var worker = await MemoryUse.AtRestAsync(await site.StartWorkerAsync());

        Print("apphost_to_health_s", appHosts, static times => times.Health.TotalSeconds);
        Print("apphost_to_first_match_s", appHosts, static times => times.FirstMatch.TotalSeconds);
        Figure.Print("apphost_processes_left", appHosts.Sum(times => times.Left));
        Print("api_to_alive_ms", starts, static times => times.Alive.TotalMilliseconds);
        Print("api_to_health_ms", starts, static times => times.Healthy.TotalMilliseconds);
        Print("api_to_first_match_ms", starts, static times => times.FirstMatch.TotalMilliseconds);
        Figure.Print("api_rest_mib", rest);
        Figure.Print("api_load_mib", load);
        Figure.Print("api_peak_mib", peak);
        Figure.Print("worker_rest_mib", worker);
    }

    private static void Print<T>(string name, List<T> runs, Func<T, double> valueOf) => Figure.Print(name, Distribution.Median(runs.Select(valueOf)));
}
